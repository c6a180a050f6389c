namespace DataExport.ServiceBus.Amqp;

/// <summary>State of the deliveries <see cref="First"/> to <see cref="Last"/> of a session.</summary>
internal readonly record struct AmqpDisposition
{
    /// <summary>Whether who writes this receives the deliveries.</summary>
    public bool IsReceiver { get; init; }

    public uint First { get; init; }

    public uint Last { get; init; }

    public bool IsSettled { get; init; }

    public AmqpOutcome Outcome { get; init; }

    public static AmqpDisposition Read(ref AmqpReader reader)
    {
        var fields = reader.ReadFields();
        var isReceiver = fields.RequiredBoolean("role");
        var first = fields.RequiredUInt("first");
        return new AmqpDisposition
        {
            IsReceiver = isReceiver,
            First = first,
            Last = fields.UInt(first),
            IsSettled = fields.Boolean(),
            Outcome = fields.Outcome(),
        };
    }

    public void Write(AmqpBuffer buffer)
    {
        buffer.WriteDescriptor(AmqpDescriptor.Disposition);
        var mark = buffer.BeginList();
        buffer.WriteBoolean(IsReceiver);
        buffer.WriteUInt(First);
        buffer.WriteUInt(Last);
        buffer.WriteBoolean(IsSettled);
        Outcome.Write(buffer);
        buffer.WriteBoolean(IsReceiver);
        buffer.EndCompound(mark, 6);
    }
}
