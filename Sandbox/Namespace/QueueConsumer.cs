using DataExport.ServiceBus.Amqp;

namespace DataExport.Sandbox;

/// <summary>A link on which a peer receives from a queue.</summary>
internal sealed class QueueConsumer(SandboxQueue queue, bool deletesOnReceive) : IAmqpSenderEvents
{
    private readonly AmqpBuffer _head = new();

    /// <summary>Known from the first credit on. The queue's lock guards it, as all here.</summary>
    public AmqpSendingLink? Link { get; private set; }

    public bool IsHungry { get; set; }

    public bool DeletesOnReceive { get; } = deletesOnReceive;

    /// <summary>Whether a message is worth trying.</summary>
    public bool MayTake() => Link is { Credit: > 0, IsAttached: true };

    public bool TrySend(StoredMessage message)
    {
        _head.Clear();
        MessageEncoding.WriteHead(_head, message, isLocked: !DeletesOnReceive);
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
        var lost = queue.Settle(this, deliveries, outcome);
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

        foreach (var delivery in deliveries)
        {
            var isLost = lost.Contains(delivery.DeliveryId);
            link.Confirm(delivery.DeliveryId, isLost ? SandboxQueue.LockLostOutcome : AmqpOutcome.Accepted);
        }
    }

    public void OnDetached(AmqpSendingLink link, AmqpError? error, IReadOnlyList<AmqpSettled> unsettled) =>
        queue.OnLinkLost(this, unsettled);
}
