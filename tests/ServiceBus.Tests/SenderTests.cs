using System.Text;
using DataExport.Sandbox;

namespace DataExport.ServiceBus.Tests;

public sealed class SenderTests
{
    [Fact]
    public async Task SendAsync_AllFields_ArriveAsSent()
    {
        await using var broker = Broker.Start();
        var sender = broker.Client.CreateSender(Broker.Queue);
        var id = Guid.NewGuid();
        var sent = new ServiceBusMessage("body"u8.ToArray()) { MessageId = "m-1", ContentType = "application/json" };
        sent.ApplicationProperties["id"] = id;
        sent.ApplicationProperties["none"] = null;

        await sender.SendAsync(sent);

        var message = await ReceiveAsync(broker);
        (message.MessageId, message.ContentType).ShouldBe(("m-1", "application/json"));
        message.Body.ToArray().ShouldBe("body"u8.ToArray());
        message.ApplicationProperties["id"].ShouldBe(id);
        message.ApplicationProperties["none"].ShouldBeNull();
    }

    [Fact]
    public async Task SendAsync_WithoutMessageId_GetsOne()
    {
        await using var broker = Broker.Start();
        await broker.Client.CreateSender(Broker.Queue).SendAsync(new ServiceBusMessage("x"u8.ToArray()));

        var message = await ReceiveAsync(broker);

        message.MessageId.ShouldNotBeEmpty();
        message.BodyBytes.ShouldBe(1);
    }

    [Theory]
    [InlineData(65_000)]
    [InlineData(65_536)]
    [InlineData(300_000)]
    [InlineData(3_000_000)]
    public async Task SendAsync_MoreThanAFrame_ArrivesWhole(int bytes)
    {
        await using var broker = Broker.Start();
        var body = new byte[bytes];
        new Random(bytes).NextBytes(body);

        await broker.Client.CreateSender(Broker.Queue).SendAsync(new ServiceBusMessage(body));

        (await ReceiveAsync(broker)).Body.Span.SequenceEqual(body).ShouldBeTrue();
    }

    [Fact]
    public async Task SendBatchAsync_Messages_ArriveOneByOne()
    {
        await using var broker = Broker.Start();
        var batch = Enumerable.Range(0, 100)
            .Select(index => new ServiceBusMessage(Encoding.UTF8.GetBytes("m" + index)) { MessageId = "id" + index })
            .ToArray();

        await broker.Client.CreateSender(Broker.Queue).SendBatchAsync(batch);

        var receiver = broker.Client.CreateReceiver(Broker.Queue);
        receiver.Grant(100);
        for (var index = 0; index < 100; index++)
        {
            var message = await Broker.NextAsync(receiver);
            (message.MessageId, Encoding.UTF8.GetString(message.Body.Span)).ShouldBe(("id" + index, "m" + index));
        }
    }

    [Fact]
    public async Task SendAsync_ThousandsAtOnce_AllArrive()
    {
        await using var broker = Broker.Start();
        var sender = broker.Client.CreateSender(Broker.Queue);

        await Task.WhenAll(Enumerable.Range(0, 5_000).Select(index =>
            sender.SendAsync(new ServiceBusMessage(new byte[index % 700])))).WaitAsync(Broker.Patience);

        broker.Bus.GetQueueCounts(Broker.Queue).Active.ShouldBe(5_000);
    }

    [Fact]
    public async Task SendAsync_QueueFull_ThrowsQuotaExceeded()
    {
        await using var broker = Broker.Start(new SandboxQueueOptions { MessagesMax = 1 });
        var sender = broker.Client.CreateSender(Broker.Queue);
        await sender.SendAsync(new ServiceBusMessage("x"u8.ToArray()));

        (await Should.ThrowAsync<ServiceBusException>(() => sender.SendAsync(new ServiceBusMessage("y"u8.ToArray()))))
            .Reason.ShouldBe(ServiceBusFailureReason.QuotaExceeded);
    }

    [Fact]
    public async Task SendBatchAsync_MoreThanAMegabyte_ThrowsSizeExceeded()
    {
        await using var broker = Broker.Start();
        var batch = new[] { new ServiceBusMessage(new byte[600_000]), new ServiceBusMessage(new byte[600_000]) };

        (await Should.ThrowAsync<ServiceBusException>(
            () => broker.Client.CreateSender(Broker.Queue).SendBatchAsync(batch)))
            .Reason.ShouldBe(ServiceBusFailureReason.MessageSizeExceeded);
    }

    [Fact]
    public async Task SendAsync_NoSuchQueue_ThrowsNotFound()
    {
        await using var broker = Broker.Start();

        (await Should.ThrowAsync<ServiceBusException>(
            () => broker.Client.CreateSender("nowhere").SendAsync(new ServiceBusMessage("x"u8.ToArray()))))
            .Reason.ShouldBe(ServiceBusFailureReason.MessagingEntityNotFound);
    }

    [Fact]
    public async Task SendAsync_ConnectionCutSince_ConnectsAgain()
    {
        await using var broker = Broker.Start();
        var sender = broker.Client.CreateSender(Broker.Queue);
        await sender.SendAsync(new ServiceBusMessage("x"u8.ToArray()));
        broker.Bus.DropConnections();

        // A send that is under way at the cut fails, sent or not: the caller sends again.
        for (var isSent = false; !isSent;)
        {
            isSent = await TrySendAsync(sender);
        }

        broker.Bus.GetQueueCounts(Broker.Queue).Active.ShouldBeGreaterThanOrEqualTo(2);
    }

    private static async Task<bool> TrySendAsync(ServiceBusSender sender)
    {
        try
        {
            await sender.SendAsync(new ServiceBusMessage("y"u8.ToArray()));
            return true;
        }
        catch (ServiceBusException exception)
            when (exception.Reason is ServiceBusFailureReason.ServiceCommunicationProblem)
        {
            return false;
        }
    }

    private static async Task<ServiceBusReceivedMessage> ReceiveAsync(Broker broker)
    {
        var receiver = broker.Client.CreateReceiver(Broker.Queue);
        receiver.Grant(1);
        return await Broker.NextAsync(receiver);
    }
}
