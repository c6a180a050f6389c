using System.Text;
using DataExport.ServiceBus.Amqp;

namespace DataExport.ServiceBus.Tests;

/// <summary>Pauses and credit while a delivery of several frames is on its way.</summary>
public sealed class HalfDeliveryTests : IAsyncLifetime
{
    private static readonly TimeSpan _drainTimeout = TimeSpan.FromSeconds(7);
    private readonly FakeClock _clock = new();
    private readonly SilentBroker _broker = SilentBroker.Start();
    private ServiceBusClient _client = null!;
    private ServiceBusReceiver _receiver = null!;
    private SilentBroker.Consumer _consumer = null!;

    public async Task InitializeAsync()
    {
        _client = _broker.Connect(_clock);
        _receiver = _client.CreateReceiver("queue", new ServiceBusReceiverOptions { DrainTimeout = _drainTimeout });
        _consumer = await _broker.NextConsumerAsync();
    }

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        await _broker.DisposeAsync();
    }

    [Fact]
    public async Task PauseAsync_LastCreditIsHalfArrived_WaitsForTheRest()
    {
        var message = HalfDelivery.Message("in two frames");
        var link = await GrantAsync(1);
        link.SendFirst(message.AsSpan(0, 5));
        await ReadUpToHereAsync();

        var armed = _clock.ArmedAsync(_drainTimeout);
        var pausing = _receiver.PauseAsync();
        (await Task.WhenAny(pausing, armed)).ShouldBe(armed);
        link.SendLast(message[5..]);

        await pausing.WaitAsync(Broker.Patience);
        _receiver.TryRead(out var received).ShouldBeTrue();
        Encoding.UTF8.GetString(received!.Body.Span).ShouldBe("in two frames");
        _receiver.CreditOutstanding.ShouldBe(0);
    }

    [Fact]
    public async Task PauseAsync_RestOfADeliveryNeverComes_EndsTheLinkForAFreshOne()
    {
        var link = await GrantAsync(1);
        link.SendFirst("half of it"u8);
        await ReadUpToHereAsync();

        var armed = _clock.ArmedAsync(_drainTimeout);
        var pausing = _receiver.PauseAsync();
        await Task.WhenAny(pausing, armed);
        _clock.Advance(_drainTimeout);

        await pausing.WaitAsync(Broker.Patience);
        _receiver.Resume();
        (await (await _broker.NextConsumerAsync()).Granted).Credit.ShouldBe(1u);
    }

    [Fact]
    public async Task Grant_DeliveryIsAborted_IsForTheNextMessage()
    {
        var link = await GrantAsync(1);
        link.SendFirst("half of it"u8);
        link.SendAbort();

        (await _consumer.NextCreditAsync()).ShouldBe(1u);
        _receiver.CreditOutstanding.ShouldBe(1);
        Send(link);

        Encoding.UTF8.GetString((await Broker.NextAsync(_receiver)).Body.Span).ShouldBe("whole");
        _receiver.CreditOutstanding.ShouldBe(0);
    }

    [Fact]
    public async Task PauseAsync_DeliveryIsAbortedBehindTheDrain_EndsAndResumeGrantsItAgain()
    {
        var link = await GrantAsync(2);
        link.SendFirst("half of it"u8);
        await ReadUpToHereAsync();

        var pausing = _receiver.PauseAsync();
        await _consumer.Draining;
        link.EndDrain();
        link.SendAbort();

        await pausing.WaitAsync(Broker.Patience);
        link.IsAttached.ShouldBeTrue();
        _receiver.CreditOutstanding.ShouldBe(2);
        (await _consumer.NextCreditAsync()).ShouldBe(1u, "the drain");
        _receiver.Resume();
        (await _consumer.NextCreditAsync()).ShouldBe(2u);
    }

    private async Task<AmqpSendingLink> GrantAsync(int messages)
    {
        _receiver.Grant(messages);
        var link = await _consumer.Granted;
        (await _consumer.NextCreditAsync()).ShouldBe((uint)messages);
        return link;
    }

    /// <summary>
    /// Done when the client has read all that was sent so far: a message for another receiver came behind it.
    /// </summary>
    private async Task ReadUpToHereAsync()
    {
        await using var other = _client.CreateReceiver("other");
        other.Grant(1);
        Send(await (await _broker.NextConsumerAsync()).Granted);
        await Broker.NextAsync(other);
    }

    private static void Send(AmqpSendingLink link) => link
        .TrySend(new AmqpOutgoing { Tag = new byte[16], Head = HalfDelivery.Message("whole") }, null, out _)
        .ShouldBe(AmqpSendResult.Sent);
}
