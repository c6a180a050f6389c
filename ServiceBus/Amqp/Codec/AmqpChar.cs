namespace DataExport.ServiceBus.Amqp;

/// <summary>A UTF-32 character. It may be any number on the wire, so it is no <see cref="System.Text.Rune"/>.</summary>
internal readonly record struct AmqpChar(uint Value);
