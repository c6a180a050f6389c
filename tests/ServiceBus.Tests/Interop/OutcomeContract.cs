using DataExport.ServiceBus.Amqp;

namespace DataExport.ServiceBus.Tests.Interop;

/// <summary>How deliveries end, on any broker.</summary>
public abstract class OutcomeContract(InteropPeer peer)
{
    private static readonly AmqpOutcome Rejected =
        AmqpOutcome.Rejected(new AmqpError("test:unfit", "It does not fit."));

    [Fact]
    public async Task SettleAsync_Accepted_EndsTheMessage() =>
        (await SettleAsync(AmqpOutcome.Accepted)).ShouldBe(["second"]);

    [Fact]
    public async Task SettleAsync_Rejected_EndsTheMessage() =>
        (await SettleAsync(Rejected)).ShouldBe(["second"]);

    [Fact]
    public async Task SettleAsync_Released_BringsTheMessageAgain() =>
        (await SettleAsync(AmqpOutcome.Released)).ShouldBe(["first", "second"]);

    [Fact]
    public async Task SettleAsync_ModifiedAsFailed_BringsTheMessageAgain() => await ShouldModifyAsync(
        AmqpOutcome.Abandoned with { DeliveryFailed = true }, ["first", "second"]);

    [Fact]
    public async Task SettleAsync_ModifiedAsUndeliverableHere_DoesNotBringItHereAgain() => await ShouldModifyAsync(
        AmqpOutcome.Abandoned with { UndeliverableHere = true }, ["second"]);

    [Fact]
    public async Task SettleAsync_NotTheOldestFirst_EndsThatOne()
    {
        await using var connection = await peer.ConnectAsync();
        var queue = peer.NewQueue();
        var session = await LinkContract.BeginAsync(connection);
        var (_, inbox) = await SendAsync(session, queue, ["first", "second", "third"]);
        var arrivals = new[] { await inbox.TakeAsync(), await inbox.TakeAsync(), await inbox.TakeAsync() };

        await arrivals[1].SettleAsync(AmqpOutcome.Accepted);
        session.End();

        var (outbox, next) = await SendAsync(await LinkContract.BeginAsync(connection), queue, []);
        (await next.ReadRestAsync(outbox)).ShouldBe(["first", "third"]);
    }

    [Fact]
    public async Task SettleAsync_ManyInAnyOrder_AreAllAnswered()
    {
        const int count = 500;
        await using var connection = await peer.ConnectAsync();
        var session = await LinkContract.BeginAsync(connection);
        var (outbox, inbox) = await SendAsync(session, peer.NewQueue(), LinkContract.Numbers(count));
        inbox.Link.AddCredit(count);
        var arrivals = new List<Arrival>();
        while (arrivals.Count < count)
        {
            arrivals.Add(await inbox.NextAsync());
        }

        var random = new Random(1);
        var outcomes = await Task.WhenAll(
            arrivals.OrderBy(_ => random.Next()).Select(arrival => arrival.SettleAsync(AmqpOutcome.Accepted)));

        outcomes.ShouldAllBe(outcome => outcome.Error == null);
        (await inbox.ReadRestAsync(outbox)).ShouldBeEmpty();
    }

    private async Task ShouldModifyAsync(AmqpOutcome outcome, string[] rest)
    {
        if (peer.Limits.KnowsNoModified is null)
        {
            (await SettleAsync(outcome)).ShouldBe(rest);
            return;
        }

        (await Should.ThrowAsync<InvalidOperationException>(() => SettleAsync(outcome)))
            .Message.ShouldBe(Arrival.LinkLost);
    }

    /// <summary>Settles the first of two messages, and returns what is left.</summary>
    private async Task<List<string>> SettleAsync(AmqpOutcome outcome)
    {
        await using var connection = await peer.ConnectAsync();
        var session = await LinkContract.BeginAsync(connection);
        var (outbox, inbox) = await SendAsync(session, peer.NewQueue(), ["first", "second"]);

        await (await inbox.TakeAsync()).SettleAsync(outcome);
        return await inbox.ReadRestAsync(outbox);
    }

    private async Task<(Outbox Outbox, Inbox Inbox)> SendAsync(
        AmqpSession session, string queue, IEnumerable<string> texts)
    {
        var outbox = await Outbox.AttachAsync(session, queue);
        await outbox.SendAllAsync(texts);
        return (outbox, await Inbox.AttachAsync(peer, session, queue));
    }
}
