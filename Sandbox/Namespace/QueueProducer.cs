using System.Runtime.InteropServices;
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
            outcome = AmqpOutcome.Rejected(new AmqpError(ConditionOf(exception.Reason), exception.Message));
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

    /// <summary>What a peer is told of a refusal.</summary>
    public static string ConditionOf(ServiceBusFailureReason reason) => reason switch
    {
        ServiceBusFailureReason.MessageSizeExceeded => AmqpCondition.MessageSizeExceeded,
        ServiceBusFailureReason.QuotaExceeded => AmqpCondition.ResourceLimitExceeded,
        ServiceBusFailureReason.InvalidArgument => AmqpCondition.NotAllowed,
        _ => AmqpCondition.InternalError,
    };

    private void Receive(in AmqpDelivery delivery)
    {
        if (delivery.IsTooLarge)
        {
            throw new ServiceBusException(ServiceBusFailureReason.MessageSizeExceeded, "The message is too large.");
        }

        if (delivery.MessageFormat != BatchFormat)
        {
            var message = queue.Read(delivery.Payload);
            queue.Add(new ReadOnlySpan<StoredMessage>(in message));
            return;
        }

        var batch = new List<StoredMessage>();
        var reader = new AmqpReader(delivery.Payload);
        while (!reader.IsAtEnd)
        {
            if (reader.ReadDescriptor() == AmqpDescriptor.Data)
            {
                batch.Add(queue.Read(reader.ReadBinary()));
            }
            else
            {
                reader.Skip();
            }
        }

        queue.Add(CollectionsMarshal.AsSpan(batch));
    }
}
