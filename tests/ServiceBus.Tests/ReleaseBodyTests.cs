using System.Text;
using DataExport.Sandbox;

namespace DataExport.ServiceBus.Tests;

public sealed class ReleaseBodyTests
{
    [Fact]
    public async Task ReleaseBody_Message_LeavesWhatIsNoTextAndCanBeSettled()
    {
        await using var broker = Broker.Start();
        var (receiver, message) = await broker.ReceiveOneAsync("body");
        var (number, enqueued, token) = (message.SequenceNumber, message.EnqueuedTime, message.LockToken);

        message.ReleaseBody();

        message.Body.IsEmpty.ShouldBeTrue();
        message.BodyBytes.ShouldBe(4);
        message.DeliveryCount.ShouldBe(1);
        (message.SequenceNumber, message.EnqueuedTime, message.LockToken).ShouldBe((number, enqueued, token));
        await receiver.RenewLockAsync(message);
        await receiver.CompleteAsync(message);
        broker.Bus.GetQueueCounts(Broker.Queue).ShouldBe(new QueueCounts(0, 0, 0));
    }

    [Fact]
    public async Task ReleaseBody_TextThatWasNotRead_IsRefusedInsteadOfAnothersGiven()
    {
        await using var broker = Broker.Start();
        var (unread, read) = (await ReceiveNamedAsync(broker, "unread"), await ReceiveNamedAsync(broker, "read"));
        read.MessageId.ShouldBe("read");
        read.ApplicationProperties["kept"].ShouldBe("read");

        unread.ReleaseBody();
        read.ReleaseBody();

        _ = Should.Throw<InvalidOperationException>(() => unread.MessageId);
        _ = Should.Throw<InvalidOperationException>(() => unread.ContentType);
        _ = Should.Throw<InvalidOperationException>(() => unread.ApplicationProperties);
        _ = Should.Throw<InvalidOperationException>(() => unread.MayHaveApplicationProperty("kept"u8));
        (read.MessageId, read.ContentType, read.ApplicationProperties["kept"]).ShouldBe(("read", "text/plain", "read"));
    }

    [Fact]
    public async Task ReleaseBody_Twice_GivesTheBufferToOneMessageOnly()
    {
        await using var broker = Broker.Start();
        var receiver = broker.Client.CreateReceiver(Broker.Queue);
        var first = await ReceiveAsync(broker, receiver, "first");
        first.ReleaseBody();
        first.ReleaseBody();

        var second = await ReceiveAsync(broker, receiver, "second");
        var third = await ReceiveAsync(broker, receiver, "third!");

        (Text(second), Text(third)).ShouldBe(("second", "third!"));
        first.ReleaseBody();
        var fourth = await ReceiveAsync(broker, receiver, "fourth");
        (Text(second), Text(third), Text(fourth)).ShouldBe(("second", "third!", "fourth"));
    }

    [Fact]
    public async Task ReleaseBody_OfAnAbandonedMessage_TheNextDeliveryHasItsBody()
    {
        await using var broker = Broker.Start();
        var (receiver, message) = await broker.ReceiveOneAsync("comes again");
        message.ReleaseBody();

        await receiver.AbandonAsync(message);
        receiver.Grant(1);

        var again = await Broker.NextAsync(receiver);
        (Text(again), again.DeliveryCount).ShouldBe(("comes again", 2));
    }

    private static async Task<ServiceBusReceivedMessage> ReceiveNamedAsync(Broker broker, string name)
    {
        var receiver = broker.Client.CreateReceiver(Broker.Queue);
        broker.Bus.Enqueue(
            Broker.Queue, new SandboxMessage(Encoding.UTF8.GetBytes(name), "text/plain", [new("kept", name)], name));
        receiver.Grant(1);
        return await Broker.NextAsync(receiver);
    }

    private static async Task<ServiceBusReceivedMessage> ReceiveAsync(
        Broker broker, ServiceBusReceiver receiver, string body)
    {
        broker.Enqueue(body);
        receiver.Grant(1);
        return await Broker.NextAsync(receiver);
    }

    private static string Text(ServiceBusReceivedMessage message) => Encoding.UTF8.GetString(message.Body.Span);
}
