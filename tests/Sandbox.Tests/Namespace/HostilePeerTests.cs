using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using DataExport.ServiceBus.Amqp;

namespace DataExport.Sandbox.Tests;

/// <summary>Peers that send what they should not: they harm themselves alone.</summary>
public sealed class HostilePeerTests
{
    private static readonly string[] _operations =
    [
        "renew-lock", "update-disposition", "receive-by-sequence-number", "peek-message", "schedule-message",
        "cancel-scheduled-message", "renew-session-lock", "set-session-state", "get-session-state",
        "get-message-sessions", "unknown",
    ];

    private static readonly string[] _keys =
    [
        "lock-tokens", "disposition-status", "sequence-numbers", "from-sequence-number", "message-count", "messages",
        "session-id", "session-state", "skip", "top", "last-updated-time", "receiver-settle-mode",
        "properties-to-modify", "deadletter-reason", "omit-message-body",
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Management_AnyRequest_IsAnsweredWithAStatus(bool sessions)
    {
        await using var bus = TestBus.Start(new SandboxQueueOptions { RequiresSessions = sessions });
        bus.Enqueue("1", "red");
        var random = new Random(11);
        for (var round = 0; round < 20_000; round++)
        {
            var request = new AmqpExchange
            {
                MessageId = round.ToString(CultureInfo.InvariantCulture),
                Properties = new Dictionary<string, object?>
                {
                    ["operation"] = "com.microsoft:" + _operations[random.Next(_operations.Length)],
                },
                Body = random.Next(20) == 0 ? AnyValue(random, 2) : AnyBody(random),
            };

            var answer = ManagementAnswers.Answer(bus.Inner, request);

            ((int)answer.Properties["statusCode"]!).ShouldBeInRange(200, 501);
            answer.Write(new AmqpBuffer());
        }
    }

    [Fact]
    public async Task Transfer_LinkDetachedInTheMiddle_EnqueuesNothingAndHarmsNoOtherLink()
    {
        await using var bus = TestBus.Start();
        await using var peer = await bus.ConnectAsync();
        var events = new TestSender();
        var half = await peer.SendAsync(events);
        var other = await peer.SendAsync(events);
        half.SendHalf(Encode("half of it"));

        half.Detach();
        await SendAsync(other, events, Encode("whole"));

        bus.Peek().ShouldBe(["whole"]);
    }

    [Fact]
    public async Task Transfer_NoMessageAtAll_IsRejectedAndTheLinkGoesOn()
    {
        await using var bus = TestBus.Start();
        await using var peer = await bus.ConnectAsync();
        var events = new TestSender();
        var link = await peer.SendAsync(events);

        (await SendAsync(link, events, [0xff, 0x00, 0x13])).Error!.Condition.ShouldBe(AmqpCondition.DecodeError);
        (await SendAsync(link, events, Encode("good"))).Kind.ShouldBe(AmqpOutcomeKind.Accepted);

        bus.Peek().ShouldBe(["good"]);
    }

    [Fact]
    public async Task Sender_ToADeadLetterQueue_IsRefused()
    {
        await using var bus = TestBus.Start();
        await using var peer = await bus.ConnectAsync();

        var refused = await Should.ThrowAsync<AmqpProtocolException>(
            () => peer.SendAsync(new TestSender(), TestBus.Queue + "/$deadletterqueue"));

        refused.Error.Condition.ShouldBe(AmqpCondition.NotAllowed);
    }

    [Fact]
    public async Task Frames_ChangedAtRandom_EndTheirOwnConnectionAndNoOther()
    {
        await using var bus = TestBus.Start(new SandboxQueueOptions { RequiresSessions = true });
        await using var good = await bus.ConnectAsync();
        var port = bus.Port;
        var random = new Random(12);
        var conversation = Conversation();
        for (var round = 0; round < 300; round++)
        {
            var changed = conversation.ToArray();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                changed[random.Next(8, changed.Length)] = (byte)random.Next(256);
            }

            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, port);
            await SayAndDrainAsync(socket, changed);
        }

        bus.Enqueue("1", "for the good one");
        var receiver = await ReceiveSessionAsync(good, "for the good one");
        (await receiver.NextAsync()).Body.ShouldBe("1");
    }

    /// <summary>
    /// One of the others may have taken the session just before the bus noticed that it is gone; then it is free soon.
    /// </summary>
    private static async Task<TestReceiver> ReceiveSessionAsync(TestPeer peer, string id)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return await peer.ReceiveSessionAsync(id);
            }
            catch (AmqpProtocolException refused)
                when (refused.Error.Condition == AmqpCondition.SessionCannotBeLocked
                    && TimeProvider.System.GetElapsedTime(began) < TestBus.Patience)
            {
                await Task.Yield();
            }
        }
    }

    private static async Task SayAndDrainAsync(Socket socket, byte[] bytes)
    {
        var buffer = new byte[4_096];
        using var patience = new CancellationTokenSource(TestBus.Patience);
        try
        {
            await socket.SendAsync(bytes, patience.Token);
            socket.Shutdown(SocketShutdown.Send);
            while (await socket.ReceiveAsync(buffer, patience.Token) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // Cut off: that is an answer too.
        }
    }

    /// <summary>Everything that a receiver of sessions says at first, in one piece.</summary>
    private static byte[] Conversation()
    {
        var buffer = new AmqpBuffer();
        buffer.WriteRaw([.. "AMQP"u8, 0, 1, 0, 0]);
        Frame(buffer, new AmqpOpen("hostile").Write);
        Frame(buffer, new AmqpBegin { IncomingWindow = 100, OutgoingWindow = 100, HandleMax = 10 }.Write);
        Frame(buffer, new AmqpAttach
        {
            Name = "any",
            Handle = 0,
            IsReceiver = true,
            Source = AmqpTerminus.FilteredSource(TestBus.Queue, NamespaceNodes.SessionFilter, null),
            Target = AmqpTerminus.Target("hostile"),
            Properties = new Dictionary<string, object?> { ["com.microsoft:timeout"] = 60_000u },
        }.Write);
        Frame(buffer, new AmqpAttach
        {
            Name = "named",
            Handle = 1,
            IsReceiver = true,
            Source = AmqpTerminus.FilteredSource(TestBus.Queue, NamespaceNodes.SessionFilter, "hostile"),
            Target = AmqpTerminus.Target("hostile"),
        }.Write);
        Frame(buffer, new AmqpAttach
        {
            Name = "sender",
            Handle = 2,
            Source = AmqpTerminus.Source("hostile"),
            Target = AmqpTerminus.Target(TestBus.Queue),
        }.Write);
        Frame(buffer, new AmqpFlow { Handle = 0, LinkCredit = 10, IncomingWindow = 100 }.Write);
        return buffer.Span.ToArray();
    }

    private static void Frame(AmqpBuffer buffer, Action<AmqpBuffer> write)
    {
        var mark = buffer.BeginFrame(AmqpFrame.AmqpType, 0);
        write(buffer);
        buffer.EndFrame(mark);
    }

    private static byte[] Encode(string body)
    {
        var buffer = new AmqpBuffer();
        buffer.WriteDescriptor(AmqpDescriptor.Data);
        buffer.WriteBinary(Encoding.UTF8.GetBytes(body));
        return buffer.Span.ToArray();
    }

    private static Task<AmqpOutcome> SendAsync(AmqpSendingLink link, TestSender events, byte[] message) =>
        events.SendAsync(link, message).WaitAsync(TestBus.Patience);

    private static Dictionary<object, object?> AnyBody(Random random)
    {
        var body = new Dictionary<object, object?>();
        for (var count = random.Next(6); count > 0; count--)
        {
            body[_keys[random.Next(_keys.Length)]] = AnyValue(random, 2);
        }

        return body;
    }

    private static object? AnyValue(Random random, int depth) => random.Next(depth > 0 ? 16 : 12) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => random.NextInt64(-2, 6),
        3 => random.Next(-1, 5),
        4 => (uint)random.Next(3),
        5 => ulong.MaxValue,
        6 => "red",
        7 => new AmqpSymbol(random.Next(2) == 0 ? "defered" : "completed"),
        8 => random.Next(2) == 0 ? Encode("m") : [0xff],
        9 => DateTimeOffset.UnixEpoch,
        10 => Guid.NewGuid(),
        11 => double.NaN,
        12 => Enumerable.Range(0, random.Next(3)).Select(_ => AnyValue(random, depth - 1)).ToList(),
        13 => new object?[] { random.NextInt64(-1, 4), random.NextInt64(0, 4) },
        14 => new List<object?> { new Dictionary<object, object?> { ["message"] = Encode("m") } },
        _ => AnyBody(random),
    };
}
