using DataExport.ServiceBus.Amqp;

namespace DataExport.ServiceBus;

/// <summary>Encodes messages to send.</summary>
internal static class MessageEncoder
{
    /// <summary>Service Bus' batch: every data section is one encoded message.</summary>
    public const uint BatchFormat = 0x80013700;

    /// <summary>Room for all but the body, so that most messages are written without growing.</summary>
    private const int PropertiesBytes = 512;

    public static ReadOnlyMemory<byte> Encode(ServiceBusMessage message, TimeProvider clock)
    {
        var buffer = new AmqpBuffer(message.Body.Length + PropertiesBytes);
        Write(buffer, message, clock);
        return buffer.Memory;
    }

    public static ReadOnlyMemory<byte> EncodeBatch(IReadOnlyList<ServiceBusMessage> messages, TimeProvider clock)
    {
        var buffer = new AmqpBuffer(4096);
        if (messages[0].MessageId is { } messageId)
        {
            // The envelope repeats the first message's id.
            buffer.WriteDescriptor(AmqpDescriptor.Properties);
            var mark = buffer.BeginList();
            buffer.WriteString(messageId);
            buffer.EndCompound(mark, 1);
        }

        var one = new AmqpBuffer(4096);
        foreach (var message in messages)
        {
            one.Clear();
            Write(one, message, clock);
            buffer.WriteDescriptor(AmqpDescriptor.Data);
            buffer.WriteBinary(one.Span);
        }

        return buffer.Memory;
    }

    private static void Write(AmqpBuffer buffer, ServiceBusMessage message, TimeProvider clock)
    {
        if (message.TimeToLive is { } timeToLive)
        {
            buffer.WriteDescriptor(AmqpDescriptor.Header);
            var header = buffer.BeginList();
            buffer.WriteNull();
            buffer.WriteNull();
            buffer.WriteUInt((uint)Math.Min(timeToLive.TotalMilliseconds, uint.MaxValue));
            buffer.EndCompound(header, 3);
        }

        WriteProperties(buffer, message, clock);
        if (message.ApplicationPropertiesOrNull is { Count: > 0 } properties)
        {
            buffer.WriteDescriptor(AmqpDescriptor.ApplicationProperties);
            AmqpMaps.WriteByName(buffer, properties);
        }

        buffer.WriteDescriptor(AmqpDescriptor.Data);
        buffer.WriteBinary(message.Body.Span);
    }

    private static void WriteProperties(AmqpBuffer buffer, ServiceBusMessage message, TimeProvider clock)
    {
        buffer.WriteDescriptor(AmqpDescriptor.Properties);
        var mark = buffer.BeginList();
        buffer.WriteStringOrNull(message.MessageId);
        buffer.WriteNull();
        buffer.WriteNull();
        buffer.WriteStringOrNull(message.Subject);
        buffer.WriteNull();
        buffer.WriteStringOrNull(message.CorrelationId);
        if (message.ContentType is null)
        {
            buffer.WriteNull();
        }
        else
        {
            buffer.WriteSymbol(message.ContentType);
        }

        if (message.TimeToLive is not { } timeToLive)
        {
            buffer.EndCompound(mark, 7);
            return;
        }

        var created = clock.GetUtcNow();
        var expires = timeToLive < DateTimeOffset.MaxValue - created ? created + timeToLive : DateTimeOffset.MaxValue;
        buffer.WriteNull();
        buffer.WriteTimestamp(expires.ToUnixTimeMilliseconds());
        buffer.WriteTimestamp(created.ToUnixTimeMilliseconds());
        buffer.EndCompound(mark, 10);
    }
}
