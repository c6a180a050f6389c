namespace DataExport.ServiceBus.Amqp;

/// <summary>
/// A part of an encoded message: where it starts and how long it is. Empty when the part is not there.
/// </summary>
internal readonly record struct AmqpSpan(int Start, int Length)
{
    public bool IsEmpty => Length == 0;

    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> message) => message.Slice(Start, Length);
}
