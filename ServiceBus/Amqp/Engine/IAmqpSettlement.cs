namespace DataExport.ServiceBus.Amqp;

/// <summary>Somebody who waits for the sender's word on how a received delivery was settled.</summary>
internal interface IAmqpSettlement
{
    void OnOutcome(AmqpOutcome outcome);

    /// <summary>The link is gone before the sender has answered.</summary>
    void OnLost();
}
