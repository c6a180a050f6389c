namespace DataExport.ServiceBus.Amqp;

/// <summary>A delivery to send. Head and body go out behind one another; two parts save a copy.</summary>
internal readonly ref struct AmqpOutgoing
{
    public ReadOnlySpan<byte> Tag { get; init; }

    public uint MessageFormat { get; init; }

    public bool IsSettled { get; init; }

    public ReadOnlySpan<byte> Head { get; init; }

    public ReadOnlySpan<byte> Body { get; init; }
}

/// <summary>What became of a delivery that was to be sent.</summary>
internal enum AmqpSendResult
{
    Sent,

    /// <summary>The receiver has granted no more.</summary>
    NoCredit,

    /// <summary>
    /// The session's window or the output is full: <see cref="IAmqpSenderEvents.OnSendable"/> follows.
    /// </summary>
    Blocked,

    /// <summary>The link is gone.</summary>
    Detached,
}
