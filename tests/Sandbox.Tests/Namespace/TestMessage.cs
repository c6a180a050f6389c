using System.Text;
using DataExport.ServiceBus.Amqp;

namespace DataExport.Sandbox.Tests;

/// <summary>A received message, taken apart.</summary>
internal sealed record TestMessage(string Body, int DeliveryCount, long SequenceNumber, long LockedUntilMilliseconds)
{
    public uint DeliveryId { get; init; }

    public Guid LockToken { get; init; }

    public string? SessionId { get; init; }

    public IReadOnlyDictionary<string, object?> Properties { get; init; } = new Dictionary<string, object?>();

    public IReadOnlyDictionary<string, object?> Annotations { get; init; } = new Dictionary<string, object?>();

    public static TestMessage Read(ReadOnlySpan<byte> encoded)
    {
        var sections = AmqpSections.Scan(encoded);
        var annotations = AmqpMaps.ReadByName(sections.MessageAnnotations.Of(encoded));
        var header = (List<object?>)new AmqpReader(sections.Header.Of(encoded)).ReadObject()!;
        var properties = (List<object?>)new AmqpReader(sections.Properties.Of(encoded)).ReadObject()!;
        return new TestMessage(
            Encoding.UTF8.GetString(sections.Data.Of(encoded)),
            (int)(uint)header[4]!,
            (long)annotations["x-opt-sequence-number"]!,
            (annotations.GetValueOrDefault("x-opt-locked-until") as DateTimeOffset?)?.ToUnixTimeMilliseconds() ?? 0)
        {
            SessionId = properties.Count > 10 ? (string?)properties[10] : null,
            Properties = AmqpMaps.ReadByName(sections.ApplicationProperties.Of(encoded)),
            Annotations = annotations,
        };
    }
}
