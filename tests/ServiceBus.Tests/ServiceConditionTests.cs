using DataExport.ServiceBus.Amqp;

namespace DataExport.ServiceBus.Tests;

/// <summary>What the service says when it ends a link, and what the client makes of it.</summary>
public sealed class ServiceConditionTests
{
    [Fact]
    public async Task Receiver_LinkEndsUnauthorized_AttachesAgainWithAFreshToken()
    {
        await using var broker = SilentBroker.Start();
        await using var client = broker.Connect(new FakeClock());
        await EndLinkAsync(broker, client, AmqpCondition.UnauthorizedAccess);

        (await broker.NextTokenAsync()).Properties["name"].ShouldBe("sb://127.0.0.1/orders");

        await broker.NextConsumerAsync();
    }

    [Fact]
    public async Task Receiver_LinkIsDetachedByForce_AttachesAgainWithTheTokenItHas()
    {
        await using var broker = SilentBroker.Start();
        await using var client = broker.Connect(new FakeClock());
        await EndLinkAsync(broker, client, AmqpCondition.DetachForced);

        await broker.NextConsumerAsync();

        broker.TokensAnswered.ShouldBe(1);
    }

    [Fact]
    public async Task Receiver_TokenRanOutUnrenewed_AttachesAgainWithAFreshOne()
    {
        var clock = new FakeClock();
        await using var broker = SilentBroker.Start();
        var options = new ServiceBusClientOptions
        {
            ReconnectDelay = TimeSpan.Zero,
            IdleTimeout = TimeSpan.FromDays(1),
            TokenLifetime = TimeSpan.FromHours(1),
        };
        await using var client = broker.Connect(clock, options);
        client.CreateReceiver("orders").Grant(1);
        await broker.NextTokenAsync();
        var link = await (await broker.NextConsumerAsync()).Granted;
        broker.IsDeaf = true;

        // The renewals are not answered, as when the service is in trouble.
        clock.Advance(TimeSpan.FromMinutes(61));
        await broker.NextTokenAsync();
        broker.IsDeaf = false;
        link.Detach(new AmqpError(AmqpCondition.DetachForced, "The token has expired."));

        await broker.NextConsumerAsync();
        broker.TokensAnswered.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Receiver_LinkEndsSinceTheServiceIsBusy_KeepsAwayAWhile()
    {
        var clock = new FakeClock();
        await using var broker = SilentBroker.Start();
        await using var client = broker.Connect(clock);
        var away = clock.ArmedAsync(TimeSpan.FromSeconds(10));
        await EndLinkAsync(broker, client, AmqpCondition.ServerBusy);

        await away;
        clock.Advance(TimeSpan.FromSeconds(10));

        await broker.NextConsumerAsync();
    }

    [Theory]
    [InlineData("MSSBCBS", "MSSBCBS,PLAIN,ANONYMOUS,EXTERNAL")]
    [InlineData("ANONYMOUS", "PLAIN,ANONYMOUS")]
    public void ChooseFrom_WhatBrokersOffer_TakesTheServicesOwnFirst(string chosen, string offered) =>
        AmqpSasl.Cbs.ChooseFrom(offered.Split(',')).Mechanism.ShouldBe(chosen);

    [Fact]
    public void ChooseFrom_PasswordIsNotWanted_DoesNotConnectWithoutIt() =>
        Should.Throw<AmqpProtocolException>(() => AmqpSasl.Plain("user", "password").ChooseFrom(["ANONYMOUS"]))
            .Error.Condition.ShouldBe(AmqpCondition.UnauthorizedAccess);

    private static async Task EndLinkAsync(SilentBroker broker, ServiceBusClient client, string condition)
    {
        client.CreateReceiver("orders").Grant(1);
        await broker.NextTokenAsync();
        var link = await (await broker.NextConsumerAsync()).Granted;
        link.Detach(new AmqpError(condition, "By the service."));
    }
}
