using System.Globalization;
using System.Text;

namespace DataExport.ServiceBus.Tests.Interop;

/// <summary>Our client as a silo uses it, on any broker: what of it is plain AMQP.</summary>
public abstract class ClientContract(InteropPeer peer)
{
    [Fact]
    public async Task SendAsync_AllFields_ArriveAsSent()
    {
        await using var client = peer.CreateClient();
        var queue = peer.NewQueue();
        var sent = new ServiceBusMessage("body"u8.ToArray())
        {
            MessageId = "m-1",
            ContentType = "application/json",
            CorrelationId = "c-1",
            Subject = "subject",
        };
        sent.ApplicationProperties["text"] = "text";
        sent.ApplicationProperties["number"] = 12_345_678_901;
        sent.ApplicationProperties["id"] = new Guid("00112233-4455-6677-8899-aabbccddeeff");

        await client.CreateSender(queue).SendAsync(sent);

        var message = await ReceiveAsync(client, queue);
        (message.MessageId, message.ContentType).ShouldBe(("m-1", "application/json"));
        message.Body.ToArray().ShouldBe("body"u8.ToArray());
        message.ApplicationProperties.ShouldBe(sent.ApplicationProperties, ignoreOrder: true);
    }

    [Fact]
    public async Task SendAsync_Megabytes_ArriveWhole()
    {
        await using var client = peer.CreateClient();
        var queue = peer.NewQueue();
        var body = new byte[2_000_000];
        new Random(7).NextBytes(body);

        await client.CreateSender(queue).SendAsync(new ServiceBusMessage(body));

        (await ReceiveAsync(client, queue)).Body.Span.SequenceEqual(body).ShouldBeTrue();
    }

    [Fact]
    public async Task CompleteAsync_ThousandsInFlight_EachArrivesOnceAndInOrder()
    {
        const int count = 3_000;
        const int grant = 500;
        await using var client = peer.CreateClient();
        var queue = peer.NewQueue();
        var sender = client.CreateSender(queue);
        var receiver = client.CreateReceiver(queue);
        // Only on a link that is attached do sends that are not awaited keep their order.
        await sender.SendAsync(Text(0));
        await Task.WhenAll(Enumerable.Range(1, count - 1).Select(number => sender.SendAsync(Text(number))))
            .WaitAsync(Broker.Patience);

        var completing = new List<Task>();
        for (var number = 0; number < count; number++)
        {
            if (number % grant == 0)
            {
                receiver.Grant(grant);
            }

            var message = await Broker.NextAsync(receiver);
            Encoding.UTF8.GetString(message.Body.Span).ShouldBe(number.ToString(CultureInfo.InvariantCulture));
            completing.Add(receiver.CompleteAsync(message).AsTask());
        }

        await Task.WhenAll(completing).WaitAsync(Broker.Patience);
        await ShouldBeEmptyAsync(client, queue);
    }

    [Fact]
    public async Task DeadLetterAsync_Message_TakesItOffTheQueue()
    {
        await using var client = peer.CreateClient();
        var queue = peer.NewQueue();
        await client.CreateSender(queue).SendAsync(Text(1));
        var receiver = client.CreateReceiver(queue);
        receiver.Grant(1);

        await receiver.DeadLetterAsync(await Broker.NextAsync(receiver), "reason", "description");

        await ShouldBeEmptyAsync(client, queue);
    }

    [Fact]
    public async Task AbandonAsync_Message_BringsItAgain()
    {
        await using var client = peer.CreateClient();
        var queue = peer.NewQueue();
        await client.CreateSender(queue).SendAsync(Text(1));
        var receiver = client.CreateReceiver(queue);
        receiver.Grant(1);
        var message = await Broker.NextAsync(receiver);
        receiver.Grant(1);

        if (peer.Limits.KnowsNoModified is null)
        {
            await receiver.AbandonAsync(message);
        }
        else
        {
            // The session ends, and there is no management node that could tell the broker in its place.
            await Should.ThrowAsync<ServiceBusException>(async () => await receiver.AbandonAsync(message));
        }

        (await Broker.NextAsync(receiver)).Body.ToArray().ShouldBe("1"u8.ToArray());
    }

    [Fact]
    public async Task PauseAsync_CreditOut_BringsNothingUntilResume()
    {
        await using var client = peer.CreateClient();
        var queue = peer.NewQueue();
        var sender = client.CreateSender(queue);
        var receiver = client.CreateReceiver(queue);
        await sender.SendAsync(Text(1));
        receiver.Grant(5);
        await receiver.CompleteAsync(await Broker.NextAsync(receiver));

        await receiver.PauseAsync().WaitAsync(Broker.Patience);
        await sender.SendAsync(Text(2));
        receiver.TryRead(out _).ShouldBeFalse();
        receiver.CreditOutstanding.ShouldBe(4);
        receiver.Resume();

        (await Broker.NextAsync(receiver)).Body.ToArray().ShouldBe("2"u8.ToArray());
    }

    [Fact]
    public async Task Receiver_ConnectionCutAgainAndAgain_LosesNothing()
    {
        const int count = 600;
        await using var proxy = CuttableProxy.Before(peer);
        await using var client = peer.CreateClient(proxy.Port);
        var queue = peer.NewQueue();
        await using (var sending = peer.CreateClient())
        {
            var sender = sending.CreateSender(queue);
            await Task.WhenAll(Enumerable.Range(0, count).Select(number => sender.SendAsync(Text(number))));
        }

        var receiver = client.CreateReceiver(queue);
        var completed = new HashSet<string>();
        for (var received = 1; completed.Count < count; received++)
        {
            if (receiver.CreditOutstanding == 0)
            {
                receiver.Grant(50);
            }

            var message = await Broker.NextAsync(receiver);
            if (received % 150 == 0)
            {
                proxy.Cut();
            }

            if (await TryCompleteAsync(receiver, message))
            {
                completed.Add(Encoding.UTF8.GetString(message.Body.Span)).ShouldBeTrue("completed twice");
            }
        }
    }

    [Fact]
    public async Task SendAsync_ConnectionCutSince_ConnectsAgain()
    {
        await using var proxy = CuttableProxy.Before(peer);
        await using var client = peer.CreateClient(proxy.Port);
        var queue = peer.NewQueue();
        var sender = client.CreateSender(queue);
        await sender.SendAsync(Text(1));

        proxy.Cut();
        await SendUntilSentAsync(sender, Text(2));

        (await ReceiveAsync(client, queue)).Body.ToArray().ShouldBe("1"u8.ToArray());
    }

    private static ServiceBusMessage Text(int number) =>
        new(Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture)));

    private static async Task<ServiceBusReceivedMessage> ReceiveAsync(ServiceBusClient client, string queue)
    {
        var receiver = client.CreateReceiver(queue);
        receiver.Grant(1);
        return await Broker.NextAsync(receiver);
    }

    /// <summary>What is put there now is the first to come.</summary>
    private static async Task ShouldBeEmptyAsync(ServiceBusClient client, string queue)
    {
        await client.CreateSender(queue).SendAsync(new ServiceBusMessage("end"u8.ToArray()));
        (await ReceiveAsync(client, queue)).Body.ToArray().ShouldBe("end"u8.ToArray());
    }

    private static async Task<bool> TryCompleteAsync(ServiceBusReceiver receiver, ServiceBusReceivedMessage message)
    {
        try
        {
            await receiver.CompleteAsync(message);
            return true;
        }
        catch (ServiceBusException)
        {
            // The link is gone, and there is no management node to settle through: it comes again.
            return false;
        }
    }

    private static async Task SendUntilSentAsync(ServiceBusSender sender, ServiceBusMessage message)
    {
        while (true)
        {
            try
            {
                await sender.SendAsync(message);
                return;
            }
            catch (ServiceBusException exception)
                when (exception.Reason is ServiceBusFailureReason.ServiceCommunicationProblem)
            {
                // It was under way at the cut, sent or not: the caller sends again.
            }
        }
    }
}
