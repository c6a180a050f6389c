using System.Threading.Channels;
using DataExport.ServiceBus.Amqp;

namespace DataExport.ServiceBus.Tests.Interop;

/// <summary>What arrives on a link of the engine, in its order.</summary>
internal sealed class Inbox : IAmqpReceiverEvents
{
    private readonly Channel<Arrival> _arrived = Channel.CreateUnbounded<Arrival>();
    private readonly TaskCompletionSource<AmqpError?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Inbox()
    {
    }

    public AmqpReceivingLink Link { get; private set; } = null!;

    /// <summary>Done when the link is gone; tells why.</summary>
    public Task<AmqpError?> Ended => _ended.Task.WaitAsync(Broker.Patience);

    /// <summary>A link to <paramref name="queue"/> without credit. What it brings is settled by either side.</summary>
    public static async Task<Inbox> AttachAsync(
        InteropPeer peer, AmqpSession session, string queue, bool isPresettled = false)
    {
        var inbox = new Inbox();
        var name = "in-" + Guid.NewGuid().ToString("N");
        var attach = new AmqpAttach
        {
            Name = name,
            IsReceiver = true,
            SenderSettleMode = isPresettled ? (byte)1 : (byte)0,
            ReceiverSettleMode = isPresettled || peer.Limits.KnowsNoSecondSettleMode is not null ? (byte)0 : (byte)1,
            Source = AmqpTerminus.Source(queue),
            Target = AmqpTerminus.Target(name),
        };
        using var patience = new CancellationTokenSource(Broker.Patience);
        inbox.Link = await session.AttachReceiverAsync(attach, inbox, patience.Token);
        return inbox;
    }

    public void OnDelivery(AmqpReceivingLink link, in AmqpDelivery delivery) => _arrived.Writer.TryWrite(
        new Arrival(link, delivery.DeliveryId, delivery.IsSettled, delivery.Payload.ToArray()));

    public void OnDetached(AmqpReceivingLink link, AmqpError? error) => _ended.TrySetResult(error);

    public async Task<Arrival> NextAsync()
    {
        using var patience = new CancellationTokenSource(Broker.Patience);
        return await _arrived.Reader.ReadAsync(patience.Token);
    }

    /// <summary>Grants one, and returns what it brings.</summary>
    public Task<Arrival> TakeAsync()
    {
        Link.AddCredit(1);
        return NextAsync();
    }

    /// <summary>
    /// Accepts all up to a message that is put behind the others now, and returns what came before it.
    /// </summary>
    public async Task<List<string>> ReadRestAsync(Outbox outbox)
    {
        const string end = "end";
        await outbox.SendAllAsync([end]);
        var texts = new List<string>();
        while (true)
        {
            var arrival = await TakeAsync();
            await arrival.SettleAsync(AmqpOutcome.Accepted);
            if (arrival.Text == end)
            {
                return texts;
            }

            texts.Add(arrival.Text);
        }
    }
}

/// <summary>A message that has come in.</summary>
internal sealed record Arrival(AmqpReceivingLink Link, uint DeliveryId, bool IsSettled, byte[] Encoded)
{
    public const string LinkLost = "The link was lost.";

    public AmqpSections Sections => AmqpSections.Scan(Encoded);

    public byte[] Body => Sections.Data.Of(Encoded).ToArray();

    public string Text => System.Text.Encoding.UTF8.GetString(Body);

    /// <summary>Asks the broker to settle, and returns its word.</summary>
    public Task<AmqpOutcome> SettleAsync(AmqpOutcome outcome)
    {
        var answer = new Answer();
        Link.TrySettle(DeliveryId, outcome, answer).ShouldBeTrue();
        return answer.Outcome.WaitAsync(Broker.Patience);
    }

    private sealed class Answer : IAmqpSettlement
    {
        private readonly TaskCompletionSource<AmqpOutcome> _outcome =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<AmqpOutcome> Outcome => _outcome.Task;

        public void OnOutcome(AmqpOutcome outcome) => _outcome.TrySetResult(outcome);

        public void OnLost() => _outcome.TrySetException(new InvalidOperationException(LinkLost));
    }
}
