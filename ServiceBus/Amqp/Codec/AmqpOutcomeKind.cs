namespace DataExport.ServiceBus.Amqp;

/// <summary>
/// State of a delivery, as a disposition carries it. Numbers are the low byte of the wire's descriptor.
/// </summary>
internal enum AmqpOutcomeKind
{
    None = 0,
    Received = 0x23,
    Accepted = 0x24,
    Rejected = 0x25,
    Released = 0x26,
    Modified = 0x27,

    /// <summary>A state that is not known here, such as a transaction's.</summary>
    Other = 0xff,
}
