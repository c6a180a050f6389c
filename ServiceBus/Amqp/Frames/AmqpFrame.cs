namespace DataExport.ServiceBus.Amqp;

/// <summary>One frame as it lies in the input: valid until the input is filled again.</summary>
internal readonly ref struct AmqpFrame
{
    public const byte AmqpType = 0;
    public const byte SaslType = 1;
    public const int HeadBytes = 8;

    public byte Type { get; init; }

    public ushort Channel { get; init; }

    /// <summary>Performative and payload. Empty in a heartbeat.</summary>
    public ReadOnlySpan<byte> Body { get; init; }
}
