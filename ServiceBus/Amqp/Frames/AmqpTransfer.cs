namespace DataExport.ServiceBus.Amqp;

/// <summary>One frame of a delivery. The payload follows it.</summary>
internal readonly ref struct AmqpTransfer
{
    public uint Handle { get; init; }

    /// <summary>Null in the frames after a delivery's first.</summary>
    public uint? DeliveryId { get; init; }

    public ReadOnlySpan<byte> Tag { get; init; }

    public uint MessageFormat { get; init; }

    public bool IsSettled { get; init; }

    public bool HasMore { get; init; }

    public bool IsAborted { get; init; }

    public static AmqpTransfer Read(ref AmqpReader reader)
    {
        var fields = reader.ReadFields();
        return new AmqpTransfer
        {
            Handle = fields.RequiredUInt("handle"),
            DeliveryId = fields.UIntOrNull(),
            Tag = fields.Binary(),
            MessageFormat = fields.UInt(),
            IsSettled = fields.Boolean(),
            HasMore = fields.Boolean(),
            IsAborted = ReadAborted(ref fields),
        };
    }

    /// <summary>Writes a delivery's first frame.</summary>
    public void WriteFirst(AmqpBuffer buffer)
    {
        buffer.WriteDescriptor(AmqpDescriptor.Transfer);
        var mark = buffer.BeginList();
        buffer.WriteUInt(Handle);
        buffer.WriteUInt(DeliveryId.GetValueOrDefault());
        buffer.WriteBinary(Tag);
        buffer.WriteUInt(MessageFormat);
        buffer.WriteBoolean(IsSettled);
        buffer.WriteBoolean(HasMore);
        buffer.EndCompound(mark, 6);
    }

    /// <summary>Writes a frame after the first, which repeats nothing.</summary>
    public static void WriteNext(AmqpBuffer buffer, uint handle, bool hasMore)
    {
        buffer.WriteDescriptor(AmqpDescriptor.Transfer);
        var mark = buffer.BeginList();
        buffer.WriteUInt(handle);
        buffer.WriteNull();
        buffer.WriteNull();
        buffer.WriteNull();
        buffer.WriteNull();
        buffer.WriteBoolean(hasMore);
        buffer.EndCompound(mark, 6);
    }

    private static bool ReadAborted(ref AmqpFields fields)
    {
        // rcv-settle-mode, state and resume stand before it; none of them is used here.
        fields.Skip();
        fields.Skip();
        fields.Skip();
        return fields.Boolean();
    }
}
