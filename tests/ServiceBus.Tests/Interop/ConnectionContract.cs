using DataExport.ServiceBus.Amqp;

namespace DataExport.ServiceBus.Tests.Interop;

/// <summary>Connections: how they begin, stay and end, on any broker.</summary>
public abstract class ConnectionContract(InteropPeer peer)
{
    [Fact]
    public async Task ConnectAsync_Plain_Opens()
    {
        await using var connection = await peer.ConnectAsync(AmqpSasl.Plain("guest", "guest"));

        connection.PeerContainerId.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task ConnectAsync_Anonymous_Opens()
    {
        await using var connection = await peer.ConnectAsync(AmqpSasl.Anonymous);

        connection.PeerContainerId.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task ConnectAsync_WrongPassword_IsUnauthorized()
    {
        if (peer.Limits.TakesAnyPassword is not null)
        {
            await (await peer.ConnectAsync(AmqpSasl.Plain("guest", "wrong"))).DisposeAsync();
            return;
        }

        (await Should.ThrowAsync<AmqpProtocolException>(() => peer.ConnectAsync(AmqpSasl.Plain("guest", "wrong"))))
            .Error.Condition.ShouldBe(AmqpCondition.UnauthorizedAccess);
    }

    [Fact]
    public async Task CloseAsync_OpenConnection_IsAnswered()
    {
        var connection = await peer.ConnectAsync();
        await LinkContract.BeginAsync(connection);

        await connection.CloseAsync();

        connection.Error.ShouldBeNull();
    }

    [Fact]
    public async Task BeginAsync_SessionsEndedAndBegunAgain_ReuseTheirChannels()
    {
        await using var connection = await peer.ConnectAsync();
        var queue = peer.NewQueue();
        for (var round = 0; round < 20; round++)
        {
            var session = await LinkContract.BeginAsync(connection);
            var outbox = await Outbox.AttachAsync(session, queue);
            (await outbox.SendAsync(Outbox.Encode("x"))).Kind.ShouldBe(AmqpOutcomeKind.Accepted);
            session.Channel.ShouldBeLessThan((ushort)3);
            session.End();
        }
    }

    [Fact]
    public async Task Connection_Cut_EndsItsLinksAndTheirMessagesComeAgain()
    {
        await using var proxy = CuttableProxy.Before(peer);
        var queue = peer.NewQueue();
        await using var cut = await peer.ConnectAsync(port: proxy.Port);
        var session = await LinkContract.BeginAsync(cut);
        await (await Outbox.AttachAsync(session, queue)).SendAllAsync(["one"]);
        var lost = await Inbox.AttachAsync(peer, session, queue);
        (await lost.TakeAsync()).Text.ShouldBe("one");

        proxy.Cut();
        (await lost.Ended).ShouldNotBeNull().Condition.ShouldBe(AmqpCondition.ConnectionForced);

        await using var connection = await peer.ConnectAsync(port: proxy.Port);
        var inbox = await Inbox.AttachAsync(peer, await LinkContract.BeginAsync(connection), queue);
        (await inbox.TakeAsync()).Text.ShouldBe("one");
    }

    [Fact]
    public async Task Connection_NothingToSay_BeatsForTheBroker()
    {
        var clock = new FakeClock();
        await using var proxy = CuttableProxy.Before(peer);
        await using var connection = await peer.ConnectAsync(
            port: proxy.Port, clock: clock, idleTimeout: TimeSpan.FromHours(1));

        clock.Advance(TimeSpan.FromMinutes(4));

        await proxy.FromClient.Beat;
    }

    [Fact]
    public async Task Connection_BrokerHasNothingToSay_BeatsForUs()
    {
        await using var proxy = CuttableProxy.Before(peer);
        await using var connection = await peer.ConnectAsync(port: proxy.Port, idleTimeout: TimeSpan.FromSeconds(1));

        await proxy.FromBroker.Beat;

        (await Outbox.AttachAsync(await LinkContract.BeginAsync(connection), peer.NewQueue())).ShouldNotBeNull();
    }
}
