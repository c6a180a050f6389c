namespace DataExport.ServiceBus.Amqp;

/// <summary>A sent delivery that the receiver has settled or wants settled.</summary>
/// <param name="DeliveryId">Id within the session.</param>
/// <param name="State">What the sender gave with the delivery.</param>
internal readonly record struct AmqpSettled(uint DeliveryId, object? State);

/// <summary>
/// What happens to a link that sends. Calls come from the connection's loops, without its lock: be quick.
/// </summary>
internal interface IAmqpSenderEvents
{
    /// <summary>
    /// There may be credit and room. With <see cref="AmqpSendingLink.IsDraining"/>: send, then end it.
    /// </summary>
    void OnSendable(AmqpSendingLink link);

    /// <summary>Deliveries got an outcome. Unless it is settled, answer each with <c>Confirm</c>.</summary>
    void OnSettled(
        AmqpSendingLink link, ReadOnlySpan<AmqpSettled> deliveries, AmqpOutcome outcome, bool isSettled);

    /// <summary>The link is gone, once. No outcome comes for what was unsettled.</summary>
    void OnDetached(AmqpSendingLink link, AmqpError? error, IReadOnlyList<AmqpSettled> unsettled);
}

/// <summary>What happens to a link that receives. Calls come from the connection's reader, without its lock.</summary>
internal interface IAmqpReceiverEvents
{
    void OnDelivery(AmqpReceivingLink link, in AmqpDelivery delivery);

    /// <summary>The link is gone, once.</summary>
    void OnDetached(AmqpReceivingLink link, AmqpError? error);
}

/// <summary>Somebody who waits for the sender's word on how a received delivery was settled.</summary>
internal interface IAmqpSettlement
{
    void OnOutcome(AmqpOutcome outcome);

    /// <summary>The link is gone before the sender has answered.</summary>
    void OnLost();
}
