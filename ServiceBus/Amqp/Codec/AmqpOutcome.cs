namespace DataExport.ServiceBus.Amqp;

/// <summary>How a delivery ended.</summary>
internal readonly record struct AmqpOutcome(AmqpOutcomeKind Kind)
{
    public static AmqpOutcome Accepted => new(AmqpOutcomeKind.Accepted);

    public static AmqpOutcome Released => new(AmqpOutcomeKind.Released);

    /// <summary>Service Bus' abandon.</summary>
    public static AmqpOutcome Abandoned => new(AmqpOutcomeKind.Modified);

    /// <summary>Of a rejection.</summary>
    public AmqpError? Error { get; init; }

    /// <summary>Of a modification: the delivery counts as failed.</summary>
    public bool DeliveryFailed { get; init; }

    /// <summary>Of a modification: Service Bus' defer.</summary>
    public bool UndeliverableHere { get; init; }

    /// <summary>Of a modification: message annotations, by which Service Bus means the message's properties.</summary>
    public Dictionary<object, object?>? Annotations { get; init; }

    public static AmqpOutcome Rejected(AmqpError error) => new(AmqpOutcomeKind.Rejected) { Error = error };

    public static AmqpOutcome Read(ref AmqpReader reader)
    {
        var descriptor = reader.ReadDescriptor();
        switch (descriptor)
        {
            case AmqpDescriptor.Accepted or AmqpDescriptor.Released or AmqpDescriptor.Received:
                reader.Skip();
                return new AmqpOutcome((AmqpOutcomeKind)descriptor);
            case AmqpDescriptor.Rejected:
                var rejected = reader.ReadFields();
                return new AmqpOutcome(AmqpOutcomeKind.Rejected) { Error = rejected.Error() };
            case AmqpDescriptor.Modified:
                var modified = reader.ReadFields();
                return new AmqpOutcome(AmqpOutcomeKind.Modified)
                {
                    DeliveryFailed = modified.Boolean(),
                    UndeliverableHere = modified.Boolean(),
                    Annotations = modified.Map(),
                };
            default:
                reader.Skip();
                return new AmqpOutcome(AmqpOutcomeKind.Other);
        }
    }

    public void Write(AmqpBuffer buffer)
    {
        buffer.WriteDescriptor((ulong)Kind);
        switch (Kind)
        {
            case AmqpOutcomeKind.Rejected when Error is not null:
                var rejected = buffer.BeginList();
                Error.Write(buffer);
                buffer.EndCompound(rejected, 1);
                break;
            case AmqpOutcomeKind.Modified when DeliveryFailed || UndeliverableHere || Annotations is not null:
                var modified = buffer.BeginList();
                buffer.WriteBoolean(DeliveryFailed);
                buffer.WriteBoolean(UndeliverableHere);
                buffer.WriteObject(Annotations);
                buffer.EndCompound(modified, 3);
                break;
            default:
                buffer.WriteByte(AmqpCode.List0);
                break;
        }
    }
}
