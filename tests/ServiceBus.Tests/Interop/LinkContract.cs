using System.Globalization;
using DataExport.ServiceBus.Amqp;

namespace DataExport.ServiceBus.Tests.Interop;

/// <summary>Links, credit and transfers, on any broker.</summary>
public abstract class LinkContract(InteropPeer peer)
{
    [Fact]
    public async Task SendAsync_Message_IsAcceptedAndArrivesAsSent()
    {
        await using var connection = await peer.ConnectAsync();
        var (outbox, inbox) = await AttachPairAsync(connection);

        (await outbox.SendAsync(Outbox.Encode("one"))).Kind.ShouldBe(AmqpOutcomeKind.Accepted);

        (await inbox.TakeAsync()).Text.ShouldBe("one");
    }

    [Fact]
    public async Task TrySend_Presettled_ArrivesWithoutAnOutcome()
    {
        await using var connection = await peer.ConnectAsync();
        var (outbox, inbox) = await AttachPairAsync(connection);
        await outbox.SendAsync(Outbox.Encode("credit is there once this is accepted"));

        outbox.Link.TrySend(
            new AmqpOutgoing { Tag = "p"u8, IsSettled = true, Head = Outbox.Encode("presettled") }, null, out _)
            .ShouldBe(AmqpSendResult.Sent);

        await inbox.TakeAsync();
        (await inbox.TakeAsync()).Text.ShouldBe("presettled");
    }

    [Fact]
    public async Task AddCredit_FewerThanAreThere_BringsExactlyThese()
    {
        await using var connection = await peer.ConnectAsync();
        var (outbox, inbox) = await AttachPairAsync(connection);
        await outbox.SendAllAsync(Numbers(20));

        inbox.Link.AddCredit(3);
        inbox.Link.AddCredit(4);
        for (var number = 0; number < 7; number++)
        {
            (await inbox.NextAsync()).Text.ShouldBe(number.ToString(CultureInfo.InvariantCulture));
        }

        inbox.Link.Credit.ShouldBe(0u);
        (await inbox.TakeAsync()).Text.ShouldBe("7");
    }

    [Fact]
    public async Task DrainAsync_MoreCreditThanMessages_TakesTheRestBackBehindThem()
    {
        await using var connection = await peer.ConnectAsync();
        var (outbox, inbox) = await AttachPairAsync(connection);
        await outbox.SendAllAsync(Numbers(5));

        inbox.Link.AddCredit(100);
        await inbox.NextAsync();
        if (peer.Limits.EndsWhenDrained is not null)
        {
            await ShouldEndAsync(inbox, inbox.Link.DrainAsync());
            return;
        }

        await inbox.Link.DrainAsync().WaitAsync(Broker.Patience);

        inbox.Link.Credit.ShouldBe(0u);
        for (var number = 1; number < 5; number++)
        {
            (await inbox.NextAsync()).Text.ShouldBe(number.ToString(CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public async Task DrainAsync_ThenCreditAgain_BringsWhatWasSentSince()
    {
        await using var connection = await peer.ConnectAsync();
        var (outbox, inbox) = await AttachPairAsync(connection);
        inbox.Link.AddCredit(10);
        if (peer.Limits.EndsWhenDrained is not null)
        {
            await ShouldEndAsync(inbox, inbox.Link.DrainAsync());
            return;
        }

        await inbox.Link.DrainAsync().WaitAsync(Broker.Patience);
        await outbox.SendAllAsync(Numbers(3));

        (await inbox.TakeAsync()).Text.ShouldBe("0");
        (await inbox.TakeAsync()).Text.ShouldBe("1");
    }

    [Theory]
    [InlineData(65_000)]
    [InlineData(65_536)]
    [InlineData(1_500_000)]
    public async Task SendAsync_MoreThanAFrame_ArrivesWhole(int bytes)
    {
        await using var connection = await peer.ConnectAsync();
        var (outbox, inbox) = await AttachPairAsync(connection);
        var body = new byte[bytes];
        new Random(bytes).NextBytes(body);

        (await outbox.SendAsync(Outbox.Encode(body))).Kind.ShouldBe(AmqpOutcomeKind.Accepted);
        await outbox.SendAsync(Outbox.Encode("behind"));

        (await inbox.TakeAsync()).Body.AsSpan().SequenceEqual(body).ShouldBeTrue();
        (await inbox.TakeAsync()).Text.ShouldBe("behind");
    }

    [Fact]
    public async Task AddCredit_ToppedUpWhileTenThousandPour_KeepsTheirOrder()
    {
        const int count = 10_000;
        const int batch = 100;
        await using var connection = await peer.ConnectAsync();
        var (outbox, inbox) = await AttachPairAsync(connection);
        var sending = outbox.SendAllAsync(Numbers(count));
        var isToppedUp = peer.Limits.OverrunsCreditUnderWay is null;

        inbox.Link.AddCredit(5 * batch);
        for (var number = 0; number < count; number++)
        {
            var arrival = await inbox.NextAsync();
            arrival.Text.ShouldBe(number.ToString(CultureInfo.InvariantCulture));
            inbox.Link.Settle(arrival.DeliveryId, AmqpOutcome.Accepted);
            if (number % batch == batch - 1 && isToppedUp)
            {
                inbox.Link.AddCredit(batch);
            }
            else if (inbox.Link.Credit == 0)
            {
                inbox.Link.AddCredit(5 * batch);
            }
        }

        await sending;
    }

    [Fact]
    public async Task Session_SeveralLinksOnIt_KeepApartWhatTheyBring()
    {
        await using var connection = await peer.ConnectAsync();
        var session = await BeginAsync(connection);
        string[] queues = [peer.NewQueue(), peer.NewQueue(), peer.NewQueue()];
        var outboxes = new List<Outbox>();
        var inboxes = new List<Inbox>();
        foreach (var queue in queues)
        {
            outboxes.Add(await Outbox.AttachAsync(session, queue));
            inboxes.Add(await Inbox.AttachAsync(peer, session, queue));
        }

        await Task.WhenAll(queues.Select((queue, index) =>
            outboxes[index].SendAllAsync(Numbers(50).Select(number => $"{queue}/{number}"))));

        for (var number = 0; number < 50; number++)
        {
            foreach (var (queue, inbox) in queues.Zip(inboxes))
            {
                var arrival = await inbox.TakeAsync();
                arrival.Text.ShouldBe(string.Create(CultureInfo.InvariantCulture, $"{queue}/{number}"));
                await arrival.SettleAsync(AmqpOutcome.Accepted);
            }
        }
    }

    [Fact]
    public async Task Detach_ThenAttachAgain_BringsWhatWasNotSettled()
    {
        await using var connection = await peer.ConnectAsync();
        var session = await BeginAsync(connection);
        var queue = peer.NewQueue();
        var outbox = await Outbox.AttachAsync(session, queue);
        await outbox.SendAllAsync(Numbers(3));
        var first = await Inbox.AttachAsync(peer, session, queue);
        await (await first.TakeAsync()).SettleAsync(AmqpOutcome.Accepted);
        (await first.TakeAsync()).Text.ShouldBe("1");

        first.Link.Detach();
        (await first.Ended).ShouldBeNull();
        var second = await Inbox.AttachAsync(peer, session, queue);

        if (peer.Limits.HoldsUnsettledPastDetach is null)
        {
            (await second.TakeAsync()).Text.ShouldBe("1");
        }

        (await second.TakeAsync()).Text.ShouldBe("2");
    }

    [Fact]
    public async Task AttachReceiver_Presettled_BringsMessagesThatAreGone()
    {
        await using var connection = await peer.ConnectAsync();
        var session = await BeginAsync(connection);
        var queue = peer.NewQueue();
        var outbox = await Outbox.AttachAsync(session, queue);
        await outbox.SendAllAsync(Numbers(2));
        var inbox = await Inbox.AttachAsync(peer, session, queue, isPresettled: true);

        var arrival = await inbox.TakeAsync();
        inbox.Link.Detach();
        var next = await Inbox.AttachAsync(peer, session, queue);

        (arrival.Text, arrival.IsSettled).ShouldBe(("0", true));
        (await next.TakeAsync()).Text.ShouldBe("1");
    }

    [Fact]
    public async Task AttachSender_NoSuchNode_IsRefused()
    {
        await using var connection = await peer.ConnectAsync();
        var session = await BeginAsync(connection);

        (await Should.ThrowAsync<AmqpProtocolException>(() => Outbox.AttachAsync(session, "/no/such$/node")))
            .Error.Condition.ShouldBe(
                peer.Limits.RefusesNodesAsInvalid is null ? AmqpCondition.NotFound : AmqpCondition.InvalidField);
    }

    internal static IEnumerable<string> Numbers(int count) =>
        Enumerable.Range(0, count).Select(number => number.ToString(CultureInfo.InvariantCulture));

    internal static async Task<AmqpSession> BeginAsync(AmqpConnection connection)
    {
        using var patience = new CancellationTokenSource(Broker.Patience);
        return await connection.BeginAsync(5_000, patience.Token);
    }

    private static async Task ShouldEndAsync(Inbox inbox, Task draining)
    {
        await draining.WaitAsync(Broker.Patience);
        (await inbox.Ended).ShouldNotBeNull();
    }

    private async Task<(Outbox Outbox, Inbox Inbox)> AttachPairAsync(AmqpConnection connection)
    {
        var session = await BeginAsync(connection);
        var queue = peer.NewQueue();
        return (await Outbox.AttachAsync(session, queue), await Inbox.AttachAsync(peer, session, queue));
    }
}
