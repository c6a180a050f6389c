namespace DataExport.ServiceBus.Amqp;

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
