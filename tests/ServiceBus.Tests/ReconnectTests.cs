using System.Text;
using DataExport.Sandbox;

namespace DataExport.ServiceBus.Tests;

public sealed class ReconnectTests
{
    [Fact]
    public async Task CompleteAsync_ConnectionCutSince_SettlesThroughManagement()
    {
        await using var broker = Broker.Start();
        var (receiver, message) = await broker.ReceiveOneAsync("one");

        broker.Bus.DropConnections();
        await receiver.CompleteAsync(message);

        broker.Bus.GetQueueCounts(Broker.Queue).ShouldBe(new QueueCounts(0, 0, 0));
    }

    [Fact]
    public async Task DeadLetterAsync_ConnectionCutSince_KeepsTheReason()
    {
        await using var broker = Broker.Start();
        var (receiver, message) = await broker.ReceiveOneAsync("one");

        broker.Bus.DropConnections();
        await receiver.DeadLetterAsync(message, "reason", "description");

        var letter = broker.Bus.DeadLetters(Broker.Queue).ShouldHaveSingleItem();
        (letter.Reason, letter.Description).ShouldBe(("reason", "description"));
    }

    [Fact]
    public async Task CompleteAsync_LocksEndedWithTheLink_ThrowsLockLostAndTheMessageComesAgain()
    {
        await using var broker = Broker.Start(new SandboxQueueOptions { LocksOutliveLinks = false });
        broker.Enqueue("one");
        var receiver = broker.Client.CreateReceiver(Broker.Queue);
        receiver.Grant(2);
        var message = await Broker.NextAsync(receiver);

        broker.Bus.DropConnections();
        var again = await Broker.NextAsync(receiver);

        again.DeliveryCount.ShouldBe(2);
        (await Should.ThrowAsync<ServiceBusException>(async () => await receiver.CompleteAsync(message)))
            .Reason.ShouldBe(ServiceBusFailureReason.MessageLockLost);
        await receiver.CompleteAsync(again);
    }

    [Fact]
    public async Task Receiver_ConnectionsCutAgainAndAgain_LosesNothing()
    {
        const int count = 3_000;
        await using var broker = Broker.Start(new SandboxQueueOptions
        {
            LocksOutliveLinks = false,
            DeliveryCountMax = int.MaxValue,
        });
        for (var index = 0; index < count; index++)
        {
            broker.Enqueue(index.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        var receiver = broker.Client.CreateReceiver(Broker.Queue);
        receiver.Grant(100);
        var completed = new HashSet<string>();
        for (var received = 1; completed.Count < count; received++)
        {
            var message = await Broker.NextAsync(receiver);
            receiver.Grant(1);
            if (received % 400 == 0)
            {
                broker.Bus.DropConnections();
            }

            if (await TryCompleteAsync(receiver, message))
            {
                completed.Add(Encoding.UTF8.GetString(message.Body.Span)).ShouldBeTrue("completed twice");
            }
        }

        broker.Bus.GetQueueCounts(Broker.Queue).ShouldBe(new QueueCounts(0, 0, 0));
    }

    [Fact]
    public async Task Grant_ConnectionCutBeforeUse_IsGivenAgain()
    {
        await using var broker = Broker.Start();
        broker.Enqueue("first");
        var receiver = broker.Client.CreateReceiver(Broker.Queue);
        receiver.Grant(3);
        await Broker.NextAsync(receiver);

        broker.Bus.DropConnections();
        for (var index = 0; index < 5; index++)
        {
            broker.Enqueue("later");
        }

        await Broker.NextAsync(receiver);
        await Broker.NextAsync(receiver);
        await receiver.PauseAsync();
        broker.Bus.GetQueueCounts(Broker.Queue).ShouldBe(new QueueCounts(3, 3, 0));
    }

    [Fact]
    public async Task Receiver_QueueMadeLater_FindsIt()
    {
        await using var broker = Broker.Start();
        var receiver = broker.Client.CreateReceiver("later");
        receiver.Grant(1);
        broker.Bus.CreateQueue("later");
        broker.Bus.Enqueue("Later", new SandboxMessage("x"u8.ToArray()));

        (await Broker.NextAsync(receiver)).BodyBytes.ShouldBe(1);
    }

    [Fact]
    public async Task Receivers_TwentyOnOneQueue_ShareItWithoutLossOrRepeat()
    {
        const int count = 4_000;
        await using var broker = Broker.Start();
        var seen = new int[count];
        var left = count;
        using var done = new CancellationTokenSource();
        var loops = Enumerable.Range(0, 20).Select(_ => Task.Run(async () =>
        {
            var receiver = broker.Client.CreateReceiver(Broker.Queue);
            receiver.Grant(10);
            while (await receiver.WaitToReadAsync(done.Token))
            {
                while (receiver.TryRead(out var message))
                {
                    Interlocked.Increment(ref seen[int.Parse(message.Body.Span, null)]);
                    await receiver.CompleteAsync(message);
                    receiver.Grant(1);
                    if (Interlocked.Decrement(ref left) == 0)
                    {
                        await done.CancelAsync();
                    }
                }
            }
        })).ToArray();
        for (var index = 0; index < count; index++)
        {
            broker.Enqueue(index.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        await Should.ThrowAsync<OperationCanceledException>(() => Task.WhenAll(loops).WaitAsync(Broker.Patience));
        seen.ShouldAllBe(times => times == 1);
        broker.Bus.GetQueueCounts(Broker.Queue).ShouldBe(new QueueCounts(0, 0, 0));
    }

    private static async Task<bool> TryCompleteAsync(ServiceBusReceiver receiver, ServiceBusReceivedMessage message)
    {
        try
        {
            await receiver.CompleteAsync(message);
            return true;
        }
        catch (ServiceBusException exception) when (exception.Reason is ServiceBusFailureReason.MessageLockLost
            or ServiceBusFailureReason.ServiceCommunicationProblem)
        {
            return false;
        }
    }
}
