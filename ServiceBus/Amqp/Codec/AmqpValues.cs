namespace DataExport.ServiceBus.Amqp;

/// <summary>An AMQP symbol as a generic value: ASCII text that is distinct from a string on the wire.</summary>
internal readonly record struct AmqpSymbol(string Name)
{
    public override string ToString() => Name;
}

/// <summary>A described value as a generic value. The descriptor is a <see cref="ulong"/> or a symbol.</summary>
internal sealed record AmqpDescribed(object? Descriptor, object? Value);

/// <summary>An IEEE 754 decimal, kept as its bits: nothing here computes with it.</summary>
/// <param name="Code">One of the three decimal constructors, which tells the width.</param>
/// <param name="Bits">The bits, in the low end.</param>
internal readonly record struct AmqpDecimal(byte Code, UInt128 Bits);

/// <summary>A UTF-32 character. It may be any number on the wire, so it is no <see cref="System.Text.Rune"/>.</summary>
internal readonly record struct AmqpChar(uint Value);
