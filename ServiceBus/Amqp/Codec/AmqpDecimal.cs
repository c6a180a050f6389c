namespace DataExport.ServiceBus.Amqp;

/// <summary>An IEEE 754 decimal, kept as its bits: nothing here computes with it.</summary>
/// <param name="Code">One of the three decimal constructors, which tells the width.</param>
/// <param name="Bits">The bits, in the low end.</param>
internal readonly record struct AmqpDecimal(byte Code, UInt128 Bits);
