using DataExport.ServiceBus;
using DataExport.ServiceBus.Amqp;

namespace DataExport.Sandbox;

/// <summary>A link on which a peer sends to a queue.</summary>
internal sealed class QueueProducer(SandboxQueue queue) : IAmqpReceiverEvents
{
    public const uint Credit = 1_000;

    /// <summary>Service Bus' batch: every data section is one encoded message.</summary>
    private const uint BatchFormat = 0x80013700;

    public void OnDelivery(AmqpReceivingLink link, in AmqpDelivery delivery)
    {
        var outcome = AmqpOutcome.Accepted;
        try
        {
            Receive(delivery);
        }
        catch (ServiceBusException exception)
        {
            var condition = exception.Reason is ServiceBusFailureReason.MessageSizeExceeded
                ? AmqpCondition.MessageSizeExceeded
                : AmqpCondition.ResourceLimitExceeded;
            outcome = AmqpOutcome.Rejected(new AmqpError(condition, exception.Message));
        }
        catch (AmqpDecodeException exception)
        {
            outcome = AmqpOutcome.Rejected(new AmqpError(AmqpCondition.DecodeError, exception.Message));
        }

        if (!delivery.IsSettled)
        {
            link.Settle(delivery.DeliveryId, outcome);
        }

        link.AddCredit(1);
    }

    public void OnDetached(AmqpReceivingLink link, AmqpError? error)
    {
        // What was sent is in the queue; nothing hangs on the link.
    }

    private void Receive(in AmqpDelivery delivery)
    {
        if (delivery.IsTooLarge)
        {
            throw new ServiceBusException(ServiceBusFailureReason.MessageSizeExceeded, "The message is too large.");
        }

        if (delivery.MessageFormat != BatchFormat)
        {
            queue.Receive(delivery.Payload);
            return;
        }

        var reader = new AmqpReader(delivery.Payload);
        while (!reader.IsAtEnd)
        {
            if (reader.ReadDescriptor() == AmqpDescriptor.Data)
            {
                queue.Receive(reader.ReadBinary());
            }
            else
            {
                reader.Skip();
            }
        }
    }
}
