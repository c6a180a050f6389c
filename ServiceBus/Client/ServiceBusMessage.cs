namespace DataExport.ServiceBus;

/// <summary>A message to send.</summary>
public sealed class ServiceBusMessage(ReadOnlyMemory<byte> body)
{
    private Dictionary<string, object?>? _applicationProperties;

    /// <summary>The body, sent as one data section.</summary>
    public ReadOnlyMemory<byte> Body { get; } = body;

    /// <summary>At most 128 characters; the service makes one up when it is left out.</summary>
    public string? MessageId { get; set; }

    public string? ContentType { get; set; }

    public string? CorrelationId { get; set; }

    public string? Subject { get; set; }

    public TimeSpan? TimeToLive { get; set; }

    /// <summary>Values are AMQP primitives: string, bool, numbers, Guid, DateTimeOffset, byte[].</summary>
    public IDictionary<string, object?> ApplicationProperties => _applicationProperties ??= [];

    internal Dictionary<string, object?>? ApplicationPropertiesOrNull => _applicationProperties;
}
