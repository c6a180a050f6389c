namespace DataExport.ServiceBus.Amqp;

/// <summary>A described value as a generic value. The descriptor is a <see cref="ulong"/> or a symbol.</summary>
internal sealed record AmqpDescribed(object? Descriptor, object? Value);
