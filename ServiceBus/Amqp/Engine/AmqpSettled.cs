namespace DataExport.ServiceBus.Amqp;

/// <summary>A sent delivery that the receiver has settled or wants settled.</summary>
/// <param name="DeliveryId">Id within the session.</param>
/// <param name="State">What the sender gave with the delivery.</param>
internal readonly record struct AmqpSettled(uint DeliveryId, object? State);
