namespace DataExport.ServiceBus.Amqp;

/// <summary>Attaches a link.</summary>
internal sealed record AmqpAttach
{
    public required string Name { get; init; }

    public uint Handle { get; init; }

    /// <summary>Whether the sender of this frame receives on the link.</summary>
    public bool IsReceiver { get; init; }

    /// <summary>0 unsettled, 1 settled, 2 mixed.</summary>
    public byte SenderSettleMode { get; init; } = 2;

    /// <summary>0 first, 1 second.</summary>
    public byte ReceiverSettleMode { get; init; }

    /// <summary>Null in the answer to an attach that is refused.</summary>
    public AmqpTerminus? Source { get; init; }

    public AmqpTerminus? Target { get; init; }

    public uint InitialDeliveryCount { get; init; }

    /// <summary>0: no limit.</summary>
    public ulong MaxMessageBytes { get; init; }

    public IReadOnlyDictionary<string, object?>? Properties { get; init; }

    public static AmqpAttach Read(ref AmqpReader reader)
    {
        var fields = reader.ReadFields();
        var attach = new AmqpAttach
        {
            Name = fields.RequiredText("name"),
            Handle = fields.RequiredUInt("handle"),
            IsReceiver = fields.RequiredBoolean("role"),
            SenderSettleMode = fields.UByte(2),
            ReceiverSettleMode = fields.UByte(),
            Source = AmqpTerminus.Read(fields.Raw()),
            Target = AmqpTerminus.Read(fields.Raw()),
        };

        // Unsettled deliveries of an earlier link are not resumed: Service Bus does not either.
        fields.Skip();
        fields.Skip();
        attach = attach with
        {
            InitialDeliveryCount = fields.UInt(),
            MaxMessageBytes = fields.ULong(),
        };

        // Capabilities, offered and desired: nobody here has any.
        fields.Skip();
        fields.Skip();
        return attach with { Properties = AmqpMaps.ByName(fields.Map()) };
    }

    public void Write(AmqpBuffer buffer)
    {
        buffer.WriteDescriptor(AmqpDescriptor.Attach);
        var mark = buffer.BeginList();
        buffer.WriteString(Name);
        buffer.WriteUInt(Handle);
        buffer.WriteBoolean(IsReceiver);
        buffer.WriteUByte(SenderSettleMode);
        buffer.WriteUByte(ReceiverSettleMode);
        AmqpTerminus.Write(buffer, Source);
        AmqpTerminus.Write(buffer, Target);
        buffer.WriteNull();
        buffer.WriteNull();
        buffer.WriteUInt(InitialDeliveryCount);
        buffer.WriteULong(MaxMessageBytes);
        buffer.WriteNull();
        buffer.WriteNull();
        WriteProperties(buffer);
        buffer.EndCompound(mark, 14);
    }

    private void WriteProperties(AmqpBuffer buffer)
    {
        if (Properties is null)
        {
            buffer.WriteNull();
            return;
        }

        var mark = buffer.BeginMap();
        foreach (var (name, value) in Properties)
        {
            buffer.WriteSymbol(name);
            buffer.WriteObject(value);
        }

        buffer.EndCompound(mark, Properties.Count * 2);
    }
}
