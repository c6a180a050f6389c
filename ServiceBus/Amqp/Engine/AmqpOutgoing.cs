namespace DataExport.ServiceBus.Amqp;

/// <summary>A delivery to send. Head and body go out behind one another; two parts save a copy.</summary>
internal readonly ref struct AmqpOutgoing
{
    public ReadOnlySpan<byte> Tag { get; init; }

    public uint MessageFormat { get; init; }

    public bool IsSettled { get; init; }

    public ReadOnlySpan<byte> Head { get; init; }

    public ReadOnlySpan<byte> Body { get; init; }
}
