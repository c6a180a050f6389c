namespace DataExport.ServiceBus.Amqp;

/// <summary>What happens to a link that receives. Calls come from the connection's reader, without its lock.</summary>
internal interface IAmqpReceiverEvents
{
    void OnDelivery(AmqpReceivingLink link, in AmqpDelivery delivery);

    /// <summary>The link is gone, once.</summary>
    void OnDetached(AmqpReceivingLink link, AmqpError? error);
}
