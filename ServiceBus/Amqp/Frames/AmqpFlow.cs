namespace DataExport.ServiceBus.Amqp;

/// <summary>State of a session's windows and, with a handle, of a link's credit.</summary>
internal readonly record struct AmqpFlow
{
    public uint? NextIncomingId { get; init; }

    public uint IncomingWindow { get; init; }

    public uint NextOutgoingId { get; init; }

    public uint OutgoingWindow { get; init; }

    public uint? Handle { get; init; }

    public uint? DeliveryCount { get; init; }

    public uint? LinkCredit { get; init; }

    public bool Drain { get; init; }

    public bool Echo { get; init; }

    public static AmqpFlow Read(ref AmqpReader reader)
    {
        var fields = reader.ReadFields();
        return new AmqpFlow
        {
            NextIncomingId = fields.UIntOrNull(),
            IncomingWindow = fields.RequiredUInt("incoming-window"),
            NextOutgoingId = fields.RequiredUInt("next-outgoing-id"),
            OutgoingWindow = fields.RequiredUInt("outgoing-window"),
            Handle = fields.UIntOrNull(),
            DeliveryCount = fields.UIntOrNull(),
            LinkCredit = fields.UIntOrNull(),
            Drain = ReadDrain(ref fields),
            Echo = fields.Boolean(),
        };
    }

    public void Write(AmqpBuffer buffer)
    {
        buffer.WriteDescriptor(AmqpDescriptor.Flow);
        var mark = buffer.BeginList();
        WriteOrNull(buffer, NextIncomingId);
        buffer.WriteUInt(IncomingWindow);
        buffer.WriteUInt(NextOutgoingId);
        buffer.WriteUInt(OutgoingWindow);
        if (Handle is null)
        {
            buffer.EndCompound(mark, 4);
            return;
        }

        WriteOrNull(buffer, Handle);
        WriteOrNull(buffer, DeliveryCount);
        WriteOrNull(buffer, LinkCredit);
        buffer.WriteNull();
        buffer.WriteBoolean(Drain);
        buffer.EndCompound(mark, 9);
    }

    private static bool ReadDrain(ref AmqpFields fields)
    {
        // "available" stands between credit and drain. It is advice that nobody here takes.
        fields.Skip();
        return fields.Boolean();
    }

    private static void WriteOrNull(AmqpBuffer buffer, uint? value)
    {
        if (value is { } number)
        {
            buffer.WriteUInt(number);
        }
        else
        {
            buffer.WriteNull();
        }
    }
}
