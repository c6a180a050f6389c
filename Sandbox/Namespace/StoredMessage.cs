namespace DataExport.Sandbox;

/// <summary>A message in a queue. Its queue's lock guards what changes.</summary>
internal sealed class StoredMessage(ReadOnlyMemory<byte> bare, long sequenceNumber, long enqueuedMilliseconds)
{
    /// <summary>
    /// Properties, application properties and body as encoded: nobody may change a byte of them. A receiver that
    /// modifies properties replaces the whole.
    /// </summary>
    public ReadOnlyMemory<byte> Bare { get; set; } = bare;

    public long SequenceNumber { get; } = sequenceNumber;

    /// <summary>Since 1970, UTC; so are all milliseconds here.</summary>
    public long EnqueuedMilliseconds { get; } = enqueuedMilliseconds;

    public MessageExtras? Extras { get; init; }

    public MessageState State { get; set; }

    /// <summary>Was deferred, and goes back to the deferred when its lock ends.</summary>
    public bool IsDeferred { get; set; }

    /// <summary>When it expires, or is to be enqueued while it is scheduled; 0 for never.</summary>
    public long DueMilliseconds { get; set; }

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

    /// <summary>The file that its newest record is in, and that record's length; null for a queue in memory.</summary>
    public LogSegment? Place { get; set; }

    public int PlaceBytes { get; set; }

    public string? SessionId => Extras?.SessionId;

    /// <summary>The same message under another number, enqueued at another time.</summary>
    public StoredMessage CopyAs(long sequenceNumber, long enqueuedMilliseconds, MessageExtras? extras) =>
        new(Bare, sequenceNumber, enqueuedMilliseconds) { Extras = extras, DeliveryCount = DeliveryCount };
}
