namespace DataExport.ServiceBus.Amqp;

/// <summary>A peer's wish to attach a link, to be accepted or refused.</summary>
internal sealed class AmqpAttachRequest(AmqpSession session, AmqpAttach remote)
{
    /// <summary>Service Bus' own: there is no limit but memory's.</summary>
    private const ulong MessageBytesMax = 100 * 1024 * 1024;

    public AmqpSession Session { get; } = session;

    public AmqpAttach Remote { get; } = remote;

    /// <summary>The peer wants to receive: this side would send.</summary>
    public bool PeerReceives => Remote.IsReceiver;

    /// <summary>The peer wants what it receives settled already: nothing is locked for it.</summary>
    public bool WantsSettled => Remote.SenderSettleMode == 1;

    /// <summary>The node that the peer means: source of a receiver, target of a sender. Empty for none.</summary>
    public string Address => (PeerReceives ? Remote.Source : Remote.Target)?.Address ?? "";

    /// <summary>The peer's own end: what it wants replies addressed to.</summary>
    public string? PeerAddress => (PeerReceives ? Remote.Target : Remote.Source)?.Address;

    /// <summary>The connection's lock guards it, and the flow.</summary>
    internal AmqpAttachState State { get; set; }

    /// <summary>The credit that a waiting peer has granted already: some write it right behind their attach.</summary>
    internal AmqpFlow? HeldFlow { get; set; }

    /// <summary>Told when a peer that is kept waiting gives up. Without any lock.</summary>
    internal Action? OnGone { get; private set; }

    /// <summary>
    /// Leaves the peer without an answer for now; only on the reader. Accept or refuse later, from anywhere.
    /// </summary>
    public void Hold(Action onGone)
    {
        OnGone = onGone;
        Session.Hold(this);
    }

    /// <summary>Accepts a peer that receives.</summary>
    public void AcceptReceiver(IAmqpSenderEvents events) =>
        Session.AcceptPeer(this, Answer(), local => new AmqpSendingLink(Session, local, events));

    /// <summary>
    /// Accepts a peer that receives and tells it what it got. Null if it was kept waiting and has given up.
    /// </summary>
    public AmqpSendingLink? TryAcceptReceiver(
        IAmqpSenderEvents events, AmqpTerminus source, IReadOnlyDictionary<string, object?> properties) =>
        Session.AcceptPeer(
            this,
            Answer() with { Source = source, Properties = properties },
            local => new AmqpSendingLink(Session, local, events));

    /// <summary>Accepts a peer that sends, and grants it <paramref name="credit"/>.</summary>
    public void AcceptSender(IAmqpReceiverEvents events, uint credit) =>
        Session.AcceptPeer(this, Answer(), local => new AmqpReceivingLink(Session, local, events))?.AddCredit(credit);

    /// <summary>Refuses as the protocol wants it: an attach that leaves this side's end out, then a detach.</summary>
    public void Refuse(AmqpError? error)
    {
        var answer = PeerReceives ? Answer() with { Source = null } : Answer() with { Target = null };
        var link = Session.AcceptPeer<AmqpLink>(this, answer, local => PeerReceives
            ? new AmqpSendingLink(Session, local, RefusedLink.Instance)
            : new AmqpReceivingLink(Session, local, RefusedLink.Instance));
        link?.Detach(error);
    }

    private AmqpAttach Answer() => new()
    {
        Name = Remote.Name,
        IsReceiver = !Remote.IsReceiver,
        SenderSettleMode = Remote.SenderSettleMode,
        ReceiverSettleMode = Remote.ReceiverSettleMode,
        Source = Remote.Source ?? AmqpTerminus.Source(null),
        Target = Remote.Target ?? AmqpTerminus.Target(null),
        MaxMessageBytes = MessageBytesMax,
    };

    private sealed class RefusedLink : IAmqpSenderEvents, IAmqpReceiverEvents
    {
        public static readonly RefusedLink Instance = new();

        public void OnSendable(AmqpSendingLink link)
        {
        }

        public void OnSettled(
            AmqpSendingLink link, ReadOnlySpan<AmqpSettled> deliveries, AmqpOutcome outcome, bool isSettled)
        {
        }

        public void OnDetached(AmqpSendingLink link, AmqpError? error, IReadOnlyList<AmqpSettled> unsettled)
        {
        }

        public void OnDelivery(AmqpReceivingLink link, in AmqpDelivery delivery)
        {
        }

        public void OnDetached(AmqpReceivingLink link, AmqpError? error)
        {
        }
    }
}
