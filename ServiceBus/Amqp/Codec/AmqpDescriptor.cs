namespace DataExport.ServiceBus.Amqp;

/// <summary>Numeric descriptors of AMQP 1.0's composite types and message sections.</summary>
internal static class AmqpDescriptor
{
    public const ulong Open = 0x10;
    public const ulong Begin = 0x11;
    public const ulong Attach = 0x12;
    public const ulong Flow = 0x13;
    public const ulong Transfer = 0x14;
    public const ulong Disposition = 0x15;
    public const ulong Detach = 0x16;
    public const ulong End = 0x17;
    public const ulong Close = 0x18;
    public const ulong Error = 0x1d;
    public const ulong Received = 0x23;
    public const ulong Accepted = 0x24;
    public const ulong Rejected = 0x25;
    public const ulong Released = 0x26;
    public const ulong Modified = 0x27;
    public const ulong Source = 0x28;
    public const ulong Target = 0x29;
    public const ulong Coordinator = 0x30;
    public const ulong SaslMechanisms = 0x40;
    public const ulong SaslInit = 0x41;
    public const ulong SaslChallenge = 0x42;
    public const ulong SaslResponse = 0x43;
    public const ulong SaslOutcome = 0x44;
    public const ulong Header = 0x70;
    public const ulong DeliveryAnnotations = 0x71;
    public const ulong MessageAnnotations = 0x72;
    public const ulong Properties = 0x73;
    public const ulong ApplicationProperties = 0x74;
    public const ulong Data = 0x75;
    public const ulong Sequence = 0x76;
    public const ulong Value = 0x77;
    public const ulong Footer = 0x78;

    /// <summary>The code of a symbolic descriptor that a peer may write in place of the number.</summary>
    public static ulong FromSymbol(ReadOnlySpan<byte> symbol) => symbol switch
    {
        _ when symbol.SequenceEqual("amqp:open:list"u8) => Open,
        _ when symbol.SequenceEqual("amqp:begin:list"u8) => Begin,
        _ when symbol.SequenceEqual("amqp:attach:list"u8) => Attach,
        _ when symbol.SequenceEqual("amqp:flow:list"u8) => Flow,
        _ when symbol.SequenceEqual("amqp:transfer:list"u8) => Transfer,
        _ when symbol.SequenceEqual("amqp:disposition:list"u8) => Disposition,
        _ when symbol.SequenceEqual("amqp:detach:list"u8) => Detach,
        _ when symbol.SequenceEqual("amqp:end:list"u8) => End,
        _ when symbol.SequenceEqual("amqp:close:list"u8) => Close,
        _ when symbol.SequenceEqual("amqp:error:list"u8) => Error,
        _ => FromStateOrSection(symbol),
    };

    private static ulong FromStateOrSection(ReadOnlySpan<byte> symbol) => symbol switch
    {
        _ when symbol.SequenceEqual("amqp:received:list"u8) => Received,
        _ when symbol.SequenceEqual("amqp:accepted:list"u8) => Accepted,
        _ when symbol.SequenceEqual("amqp:rejected:list"u8) => Rejected,
        _ when symbol.SequenceEqual("amqp:released:list"u8) => Released,
        _ when symbol.SequenceEqual("amqp:modified:list"u8) => Modified,
        _ when symbol.SequenceEqual("amqp:source:list"u8) => Source,
        _ when symbol.SequenceEqual("amqp:target:list"u8) => Target,
        _ when symbol.SequenceEqual("amqp:coordinator:list"u8) => Coordinator,
        _ when symbol.SequenceEqual("amqp:header:list"u8) => Header,
        _ when symbol.SequenceEqual("amqp:delivery-annotations:map"u8) => DeliveryAnnotations,
        _ when symbol.SequenceEqual("amqp:message-annotations:map"u8) => MessageAnnotations,
        _ when symbol.SequenceEqual("amqp:properties:list"u8) => Properties,
        _ when symbol.SequenceEqual("amqp:application-properties:map"u8) => ApplicationProperties,
        _ when symbol.SequenceEqual("amqp:data:binary"u8) => Data,
        _ when symbol.SequenceEqual("amqp:amqp-sequence:list"u8) => Sequence,
        _ when symbol.SequenceEqual("amqp:amqp-value:*"u8) => Value,
        _ when symbol.SequenceEqual("amqp:footer:map"u8) => Footer,
        _ => 0,
    };
}
