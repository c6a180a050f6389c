namespace DataExport.ServiceBus.Amqp;

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
