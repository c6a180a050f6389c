using DataExport.ServiceBus.Amqp;

namespace DataExport.ServiceBus.Tests;

public sealed class SilentBrokerTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task Receiver_NothingComesForTheIdleTimeout_ConnectsAgainAndGrantsAgain()
    {
        await using var broker = SilentBroker.Start();
        await using var client = broker.Connect(_clock);
        var receiver = client.CreateReceiver("queue");
        receiver.Grant(7);
        (await (await broker.NextConsumerAsync()).Granted).Credit.ShouldBe(7u);

        _clock.Advance(TimeSpan.FromSeconds(61));

        (await (await broker.NextConsumerAsync()).Granted).Credit.ShouldBe(7u);
    }

    [Fact]
    public async Task Receiver_LinkIsDetachedByTheBroker_AttachesAgainAndGrantsAgain()
    {
        await using var broker = SilentBroker.Start();
        await using var client = broker.Connect(_clock);
        var receiver = client.CreateReceiver("queue");
        receiver.Grant(7);
        var link = await (await broker.NextConsumerAsync()).Granted;

        link.Detach(new AmqpError(AmqpCondition.DetachForced, "IdleTimerExpired"));

        var next = await (await broker.NextConsumerAsync()).Granted;
        next.Credit.ShouldBe(7u);
        next.Session.Connection.ShouldBe(link.Session.Connection);
    }

    [Fact]
    public async Task PauseAsync_DrainIsNotAnswered_EndsTheLinkForAFreshOneWithoutCredit()
    {
        await using var broker = SilentBroker.Start();
        await using var client = broker.Connect(_clock);
        var receiver = client.CreateReceiver("queue");
        receiver.Grant(7);
        var consumer = await broker.NextConsumerAsync();
        await consumer.Granted;

        var pausing = receiver.PauseAsync();
        await consumer.Draining;
        await _clock.ArmedAsync(TimeSpan.FromSeconds(5));
        _clock.Advance(TimeSpan.FromSeconds(5));

        await pausing;
        var fresh = await broker.NextConsumerAsync();
        receiver.CreditOutstanding.ShouldBe(7);
        receiver.Resume();
        (await fresh.Granted).Credit.ShouldBe(7u);
    }

    [Fact]
    public async Task CompleteAsync_NoAnswer_ThrowsServiceTimeout()
    {
        await using var broker = SilentBroker.Start();
        await using var client = broker.Connect(
            _clock, new ServiceBusClientOptions { TryTimeout = TimeSpan.FromSeconds(20) });
        var receiver = client.CreateReceiver("queue");
        receiver.Grant(1);
        var link = await (await broker.NextConsumerAsync()).Granted;
        var message = new AmqpBuffer();
        message.WriteDescriptor(AmqpDescriptor.Data);
        message.WriteBinary("x"u8);
        link.TrySend(new AmqpOutgoing { Tag = new byte[16], Head = message.Span }, null, out _);
        var received = await Broker.NextAsync(receiver);

        var completing = receiver.CompleteAsync(received).AsTask();
        _clock.Advance(TimeSpan.FromSeconds(25));

        (await Should.ThrowAsync<ServiceBusException>(completing))
            .Reason.ShouldBe(ServiceBusFailureReason.ServiceTimeout);
    }

    [Fact]
    public async Task Client_ThreeQuartersOfATokensLife_PutsAFreshOne()
    {
        await using var broker = SilentBroker.Start();
        await using var client = broker.Connect(
            _clock, new ServiceBusClientOptions { TokenLifetime = TimeSpan.FromSeconds(40) });
        client.CreateReceiver("queue");
        var first = await broker.NextTokenAsync();
        await broker.NextConsumerAsync();
        await _clock.ArmedAsync(TimeSpan.FromSeconds(5));

        _clock.Advance(TimeSpan.FromSeconds(31));

        var second = await broker.NextTokenAsync();
        first.Properties["name"].ShouldBe("sb://127.0.0.1/queue");
        first.Properties["type"].ShouldBe("servicebus.windows.net:sastoken");
        second.Properties["name"].ShouldBe("sb://127.0.0.1/queue");
        second.Body.ShouldBeOfType<string>().ShouldNotBe(first.Body);
    }
}
