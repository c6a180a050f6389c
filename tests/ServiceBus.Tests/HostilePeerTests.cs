using DataExport.ServiceBus.Amqp;

namespace DataExport.ServiceBus.Tests;

public sealed class HostilePeerTests
{
    /// <summary>What the namespace grants at first, as Service Bus does.</summary>
    private const uint CreditOfASender = 1_000;

    [Fact]
    public async Task Listener_PeerThatSpeaksHttp_IsClosed()
    {
        await using var broker = Broker.Start();
        await using var peer = await RawPeer.ConnectAsync(broker.Bus.Port);

        await peer.SendAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());

        (await peer.ReadToCloseAsync()).ShouldBeNull();
        await RequireAliveAsync(broker);
    }

    [Fact]
    public async Task Listener_FrameLargerThanAgreed_EndsThatConnectionAlone()
    {
        await using var broker = Broker.Start();
        await using var peer = await RawPeer.OpenAsync(broker.Bus.Port);

        await peer.SendAsync([0x7f, 0xff, 0xff, 0xff, 2, 0, 0, 0]);

        (await peer.ReadToCloseAsync()).ShouldBe(AmqpCondition.DecodeError);
        await RequireAliveAsync(broker);
    }

    [Fact]
    public async Task Listener_DataOffsetOutsideOfTheFrame_EndsTheConnection()
    {
        await using var broker = Broker.Start();
        await using var peer = await RawPeer.OpenAsync(broker.Bus.Port);

        await peer.SendAsync([0, 0, 0, 8, 0xff, 0, 0, 0]);

        (await peer.ReadToCloseAsync()).ShouldBe(AmqpCondition.DecodeError);
    }

    [Fact]
    public async Task Listener_TransferOnUnknownHandle_IsRefused()
    {
        await using var broker = Broker.Start();
        await using var peer = await RawPeer.OpenAsync(broker.Bus.Port);
        await peer.BeginAsync();

        await peer.SendFrameAsync(
            buffer => new AmqpTransfer { Handle = 3, DeliveryId = 0, Tag = "t"u8 }.WriteFirst(buffer));

        (await peer.ReadToCloseAsync()).ShouldBe(AmqpCondition.UnattachedHandle);
    }

    [Fact]
    public async Task Listener_MoreTransfersAbortedThanItGrants_TakesTheNextOne()
    {
        await using var broker = Broker.Start();
        await using var peer = await RawPeer.OpenAsync(broker.Bus.Port);
        await peer.BeginAsync();
        await peer.SendFrameAsync(new AmqpAttach
        {
            Name = "aborting",
            Source = AmqpTerminus.Source("raw"),
            Target = AmqpTerminus.Target(Broker.Queue),
        }.Write);

        for (uint count = 0; count < CreditOfASender; count++)
        {
            await peer.SendFrameAsync(buffer => HalfDelivery.WriteFirst(buffer, 0, count, "half of it"u8));
            await peer.SendFrameAsync(buffer => HalfDelivery.WriteAbort(buffer, 0));
        }

        await peer.SendFrameAsync(buffer => HalfDelivery.WriteFirst(buffer, 0, CreditOfASender, []));
        await peer.SendFrameAsync(buffer => HalfDelivery.WriteLast(buffer, 0, HalfDelivery.Message("whole")));
        await peer.SendFrameAsync(buffer => AmqpEnding.WriteEnd(buffer, AmqpDescriptor.Close, null));

        (await peer.ReadToCloseAsync()).ShouldBeNull();
        broker.Bus.GetQueueCounts(Broker.Queue).Active.ShouldBe(1);
    }

    [Fact]
    public async Task Listener_DispositionOfFourBillionDeliveries_ChangesNothing()
    {
        await using var broker = Broker.Start();
        broker.Enqueue("kept");
        await using var peer = await RawPeer.OpenAsync(broker.Bus.Port);
        await peer.BeginAsync();

        await peer.SendFrameAsync(new AmqpDisposition
        {
            IsReceiver = true,
            First = 0,
            Last = int.MaxValue,
            IsSettled = true,
            Outcome = AmqpOutcome.Accepted,
        }.Write);
        await peer.SendFrameAsync(buffer => AmqpEnding.WriteEnd(buffer, AmqpDescriptor.Close, null));

        (await peer.ReadToCloseAsync()).ShouldBeNull();
        broker.Bus.GetQueueCounts(Broker.Queue).Active.ShouldBe(1);
    }

    [Fact]
    public async Task Listener_ThousandsOfRandomFrames_OtherPeersGoOn()
    {
        await using var broker = Broker.Start();
        var random = new Random(4711);
        for (var round = 0; round < 150; round++)
        {
            await using var peer = await RawPeer.OpenAsync(broker.Bus.Port);
            await peer.BeginAsync();
            var body = new byte[random.Next(1, 60)];
            random.NextBytes(body);
            await peer.SendFrameAsync(buffer =>
            {
                buffer.WriteDescriptor((ulong)random.Next(0x10, 0x19));
                buffer.WriteRaw([AmqpCode.List8, (byte)(body.Length + 1), (byte)random.Next(12)]);
                buffer.WriteRaw(body);
            });
        }

        await RequireAliveAsync(broker);
    }

    private static async Task RequireAliveAsync(Broker broker)
    {
        broker.Enqueue("alive");
        var receiver = broker.Client.CreateReceiver(Broker.Queue);
        receiver.Grant(1);
        await receiver.CompleteAsync(await Broker.NextAsync(receiver));
    }
}
