using System.Text;
using DataExport.Sandbox;

namespace DataExport.ServiceBus.Tests;

public sealed class ReceiverTests
{
    [Fact]
    public async Task TryRead_EnqueuedMessage_ShowsWhatWasEnqueued()
    {
        await using var broker = Broker.Start();
        var sequenceNumber = broker.Bus.Enqueue(Broker.Queue, new SandboxMessage(
            "hello"u8.ToArray(),
            "application/json",
            [new("entity", "account"), new("depth", 3), new("when", DateTimeOffset.UnixEpoch)],
            "id-1"));
        var receiver = broker.Client.CreateReceiver("/ORDERS");
        receiver.Grant(1);

        var message = await Broker.NextAsync(receiver);

        Encoding.UTF8.GetString(message.Body.Span).ShouldBe("hello");
        message.BodyBytes.ShouldBe(5);
        message.MessageId.ShouldBe("id-1");
        message.ContentType.ShouldBe("application/json");
        message.DeliveryCount.ShouldBe(1);
        message.SequenceNumber.ShouldBe(sequenceNumber);
        message.LockToken.ShouldNotBe(Guid.Empty);
        message.LockedUntil.ShouldBeGreaterThan(message.EnqueuedTime);
        message.ApplicationProperties["entity"].ShouldBe("account");
        message.ApplicationProperties["depth"].ShouldBe(3);
        message.ApplicationProperties["when"].ShouldBe(DateTimeOffset.UnixEpoch);
    }

    [Fact]
    public async Task CompleteAsync_LockedMessage_LeavesTheQueue()
    {
        await using var broker = Broker.Start();
        var (receiver, message) = await broker.ReceiveOneAsync("one");
        broker.Bus.GetQueueCounts(Broker.Queue).ShouldBe(new QueueCounts(0, 1, 0));

        await receiver.CompleteAsync(message);

        broker.Bus.GetQueueCounts(Broker.Queue).ShouldBe(new QueueCounts(0, 0, 0));
    }
}
