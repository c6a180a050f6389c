namespace DataExport.ServiceBus.Amqp;

/// <summary>An AMQP symbol as a generic value: ASCII text that is distinct from a string on the wire.</summary>
internal readonly record struct AmqpSymbol(string Name)
{
    public override string ToString() => Name;
}
