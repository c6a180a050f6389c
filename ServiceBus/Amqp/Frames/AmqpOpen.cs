namespace DataExport.ServiceBus.Amqp;

/// <summary>Opens a connection.</summary>
internal sealed record AmqpOpen(string ContainerId)
{
    public string? HostName { get; init; }

    public uint MaxFrameBytes { get; init; } = uint.MaxValue;

    public ushort ChannelMax { get; init; } = ushort.MaxValue;

    public uint IdleTimeoutMilliseconds { get; init; }

    public static AmqpOpen Read(ref AmqpReader reader)
    {
        var fields = reader.ReadFields();
        return new AmqpOpen(fields.RequiredText("container-id"))
        {
            HostName = fields.Text(),
            MaxFrameBytes = fields.UInt(uint.MaxValue),
            ChannelMax = fields.UShort(ushort.MaxValue),
            IdleTimeoutMilliseconds = fields.UInt(),
        };
    }

    public void Write(AmqpBuffer buffer)
    {
        buffer.WriteDescriptor(AmqpDescriptor.Open);
        var mark = buffer.BeginList();
        buffer.WriteString(ContainerId);
        buffer.WriteStringOrNull(HostName);
        buffer.WriteUInt(MaxFrameBytes);
        buffer.WriteUShort(ChannelMax);
        buffer.WriteUInt(IdleTimeoutMilliseconds);
        buffer.EndCompound(mark, 5);
    }
}
