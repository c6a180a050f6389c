using DataExport.ServiceBus;
using DataExport.ServiceBus.Amqp;

namespace DataExport.Sandbox;

/// <summary>A link on which a peer receives from a queue, or from one session of it.</summary>
internal sealed class QueueConsumer(SandboxQueue queue, bool deletesOnReceive, SandboxSession? session = null)
    : IAmqpSenderEvents
{
    private static readonly AmqpOutcome _lockLost = AmqpOutcome.Rejected(new AmqpError(
        AmqpCondition.MessageLockLost, "The lock supplied is invalid, or has expired."));

    private static readonly AmqpOutcome _sessionLockLost = AmqpOutcome.Rejected(new AmqpError(
        AmqpCondition.SessionLockLost, "The session lock was lost, or the message is not of this receiver."));

    private static readonly AmqpOutcome _invalidProperties = AmqpOutcome.Rejected(new AmqpError(
        AmqpCondition.ArgumentError, "A property to modify has a type that a message's properties cannot have."));

    private static readonly AmqpOutcome _notWritten = AmqpOutcome.Rejected(new AmqpError(
        AmqpCondition.InternalError, "The queue could not be written to disk."));

    private readonly AmqpBuffer _head = new();

    /// <summary>Known from the first credit on. The queue's lock guards it, as all here.</summary>
    public AmqpSendingLink? Link { get; private set; }

    public bool IsHungry { get; set; }

    public bool DeletesOnReceive { get; } = deletesOnReceive;

    /// <summary>The session it receives of; null in a queue without them.</summary>
    public SandboxSession? Session { get; } = session;

    /// <summary>The link is there, and may have no credit yet.</summary>
    public void Attach(AmqpSendingLink link) => Link = link;

    /// <summary>Whether a message is worth trying.</summary>
    public bool MayTake() => Link is { Credit: > 0, IsAttached: true };

    /// <param name="message">What is handed out.</param>
    /// <param name="lockedUntilMilliseconds">0 for a message that is given away.</param>
    public bool TrySend(StoredMessage message, long lockedUntilMilliseconds)
    {
        _head.Clear();
        MessageEncoding.WriteHead(_head, message, lockedUntilMilliseconds);
        Span<byte> tag = stackalloc byte[16];
        (DeletesOnReceive ? Guid.NewGuid() : message.LockToken).TryWriteBytes(tag);
        var outgoing = new AmqpOutgoing
        {
            Tag = tag,
            IsSettled = DeletesOnReceive,
            Head = _head.Span,
            Body = message.Bare.Span,
        };
        if (Link!.TrySend(outgoing, message, out var deliveryId) != AmqpSendResult.Sent)
        {
            return false;
        }

        message.HolderDeliveryId = deliveryId;
        return true;
    }

    public void OnSendable(AmqpSendingLink link)
    {
        Link = link;
        queue.OnSendable(this);
    }

    public void OnSettled(
        AmqpSendingLink link, ReadOnlySpan<AmqpSettled> deliveries, AmqpOutcome outcome, bool isSettled)
    {
        var settlement = Settlement.From(outcome);
        if (!settlement.HasValidProperties())
        {
            Confirm(link, deliveries, _invalidProperties);
            return;
        }

        if (!TrySettle(deliveries, settlement, out var lost))
        {
            Confirm(link, deliveries, _notWritten);
            return;
        }

        if (isSettled)
        {
            return;
        }

        // The answer carries a state, and never the receiver's own rejection: some clients take that for a failure.
        if (lost is null)
        {
            link.Confirm(deliveries, AmqpOutcome.Accepted);
            return;
        }

        var lostOutcome = Session is null ? _lockLost : _sessionLockLost;
        foreach (var delivery in deliveries)
        {
            link.Confirm(
                delivery.DeliveryId, lost.Contains(delivery.DeliveryId) ? lostOutcome : AmqpOutcome.Accepted);
        }
    }

    public void OnDetached(AmqpSendingLink link, AmqpError? error, IReadOnlyList<AmqpSettled> unsettled) =>
        queue.OnLinkLost(this, unsettled);

    private bool TrySettle(
        ReadOnlySpan<AmqpSettled> deliveries, in Settlement settlement, out HashSet<uint>? lost)
    {
        try
        {
            lost = queue.Settle(this, deliveries, settlement);
            return true;
        }
        catch (ServiceBusException)
        {
            // The disk is full, or fails. The receiver must not think that the message is dealt with.
            lost = null;
            return false;
        }
    }

    private static void Confirm(AmqpSendingLink link, ReadOnlySpan<AmqpSettled> deliveries, AmqpOutcome outcome)
    {
        foreach (var delivery in deliveries)
        {
            link.Confirm(delivery.DeliveryId, outcome);
        }
    }
}
