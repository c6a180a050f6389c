namespace DataExport.ServiceBus.Amqp;

/// <summary>A whole delivery that has come in. Its spans are valid during the call that brings it.</summary>
internal readonly ref struct AmqpDelivery
{
    public uint DeliveryId { get; init; }

    public ReadOnlySpan<byte> Tag { get; init; }

    public uint MessageFormat { get; init; }

    /// <summary>The peer wants no answer.</summary>
    public bool IsSettled { get; init; }

    /// <summary>It has more bytes than this side takes. The payload was not kept.</summary>
    public bool IsTooLarge { get; init; }

    public ReadOnlySpan<byte> Payload { get; init; }
}
