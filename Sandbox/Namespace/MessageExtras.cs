namespace DataExport.Sandbox;

/// <summary>What few messages have: most do without this object.</summary>
internal sealed record MessageExtras
{
    /// <summary>As the sender wrote it into the header.</summary>
    public uint? TimeToLiveMilliseconds { get; init; }

    /// <summary>From the sender's absolute expiry time, where the header says nothing.</summary>
    public long? ExpiresMilliseconds { get; init; }

    /// <summary>Entries of the sender's own annotations, encoded, without the map around them.</summary>
    public ReadOnlyMemory<byte> Annotations { get; init; }

    public int AnnotationCount { get; init; }

    public string? SessionId { get; init; }

    /// <summary>When the sender wants it enqueued; 0 for at once.</summary>
    public long ScheduledMilliseconds { get; init; }

    /// <summary>The number it had while it was scheduled; 0 if it was not.</summary>
    public long EnqueueSequenceNumber { get; init; }

    public string? DeadLetterReason { get; init; }

    public string? DeadLetterDescription { get; init; }
}
