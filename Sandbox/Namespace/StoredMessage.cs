namespace DataExport.Sandbox;

/// <summary>A message in a queue. Its queue's lock guards what changes.</summary>
internal sealed class StoredMessage(ReadOnlyMemory<byte> bare, long sequenceNumber, long enqueuedMilliseconds)
{
    /// <summary>Properties, application properties and body as encoded: nobody may change a byte of them.</summary>
    public ReadOnlyMemory<byte> Bare { get; } = bare;

    public long SequenceNumber { get; } = sequenceNumber;

    /// <summary>Since 1970, UTC; so are all milliseconds here.</summary>
    public long EnqueuedMilliseconds { get; } = enqueuedMilliseconds;

    public uint? TimeToLiveMilliseconds { get; init; }

    /// <summary>Entries of the sender's own annotations, encoded, without the map around them.</summary>
    public ReadOnlyMemory<byte> Annotations { get; init; }

    public int AnnotationCount { get; init; }

    public string? DeadLetterReason { get; init; }

    public string? DeadLetterDescription { get; init; }

    /// <summary>Deliveries that failed, as the header says it.</summary>
    public int DeliveryCount { get; set; }

    public Guid LockToken { get; set; }

    public long LockedUntilMilliseconds { get; set; }

    /// <summary>The link that holds the lock, and the delivery's number there.</summary>
    public QueueConsumer? Holder { get; set; }

    public uint HolderDeliveryId { get; set; }

    /// <summary>Neighbours among the locked messages of the queue, in the order in which their locks end.</summary>
    public StoredMessage? PreviousLocked { get; set; }

    public StoredMessage? NextLocked { get; set; }
}
