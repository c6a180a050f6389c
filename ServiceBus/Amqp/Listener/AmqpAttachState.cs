namespace DataExport.ServiceBus.Amqp;

/// <summary>Where a peer's wish for a link stands.</summary>
internal enum AmqpAttachState
{
    /// <summary>It is to be answered before the reader goes on.</summary>
    New = 0,

    /// <summary>The peer waits.</summary>
    Held = 1,

    /// <summary>It was answered, or the peer is gone.</summary>
    Done = 2,
}
