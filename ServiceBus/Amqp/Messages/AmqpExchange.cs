namespace DataExport.ServiceBus.Amqp;

/// <summary>A request or an answer of a $cbs or $management node.</summary>
internal sealed class AmqpExchange
{
    /// <summary>message-id of a request, correlation-id of an answer, as text whatever its type.</summary>
    public object? MessageId { get; init; }

    public object? CorrelationId { get; init; }

    public string? To { get; init; }

    public string? ReplyTo { get; init; }

    public IReadOnlyDictionary<string, object?> Properties { get; init; } = new Dictionary<string, object?>();

    public object? Body { get; init; }

    /// <exception cref="AmqpDecodeException">This is no message.</exception>
    public static AmqpExchange Read(ReadOnlySpan<byte> message)
    {
        var sections = AmqpSections.Scan(message);
        var body = sections.Value.IsEmpty ? null : new AmqpReader(sections.Value.Of(message)).ReadObject();
        var properties = AmqpMaps.ReadByName(sections.ApplicationProperties.Of(message));
        if (sections.Properties.IsEmpty)
        {
            return new AmqpExchange { Properties = properties, Body = body };
        }

        var reader = new AmqpReader(sections.Properties.Of(message));
        var fields = reader.ReadFields();
        var messageId = fields.Object();
        fields.Skip();
        var to = fields.Object()?.ToString();
        fields.Skip();
        return new AmqpExchange
        {
            MessageId = messageId,
            To = to,
            ReplyTo = fields.Object()?.ToString(),
            CorrelationId = fields.Object(),
            Properties = properties,
            Body = body,
        };
    }

    public void Write(AmqpBuffer buffer)
    {
        buffer.WriteDescriptor(AmqpDescriptor.Properties);
        var mark = buffer.BeginList();
        buffer.WriteObject(MessageId);
        buffer.WriteNull();
        buffer.WriteStringOrNull(To);
        buffer.WriteNull();
        buffer.WriteStringOrNull(ReplyTo);
        buffer.WriteObject(CorrelationId);
        buffer.EndCompound(mark, 6);
        buffer.WriteDescriptor(AmqpDescriptor.ApplicationProperties);
        AmqpMaps.WriteByName(buffer, Properties);
        buffer.WriteDescriptor(AmqpDescriptor.Value);
        buffer.WriteObject(Body);
    }
}
