namespace DataExport.ServiceBus.Amqp;

/// <summary>Begins a session.</summary>
internal readonly record struct AmqpBegin
{
    /// <summary>In an answer: the channel of the session that is answered.</summary>
    public ushort? RemoteChannel { get; init; }

    public uint NextOutgoingId { get; init; }

    public uint IncomingWindow { get; init; }

    public uint OutgoingWindow { get; init; }

    public uint HandleMax { get; init; }

    public static AmqpBegin Read(ref AmqpReader reader)
    {
        var fields = reader.ReadFields();
        return new AmqpBegin
        {
            RemoteChannel = fields.UShortOrNull(),
            NextOutgoingId = fields.RequiredUInt("next-outgoing-id"),
            IncomingWindow = fields.RequiredUInt("incoming-window"),
            OutgoingWindow = fields.RequiredUInt("outgoing-window"),
            HandleMax = fields.UInt(uint.MaxValue),
        };
    }

    public void Write(AmqpBuffer buffer)
    {
        buffer.WriteDescriptor(AmqpDescriptor.Begin);
        var mark = buffer.BeginList();
        if (RemoteChannel is { } channel)
        {
            buffer.WriteUShort(channel);
        }
        else
        {
            buffer.WriteNull();
        }

        buffer.WriteUInt(NextOutgoingId);
        buffer.WriteUInt(IncomingWindow);
        buffer.WriteUInt(OutgoingWindow);
        buffer.WriteUInt(HandleMax);
        buffer.EndCompound(mark, 5);
    }
}
