namespace DataExport.Sandbox;

/// <summary>What a queue's log says is in it.</summary>
internal sealed class RecoveredQueue
{
    /// <summary>By number; the flag says that it lies in the dead-letter queue.</summary>
    public Dictionary<long, (StoredMessage Message, bool IsDead)> Messages { get; } = [];

    public Dictionary<string, SessionStateRecord> SessionStates { get; } = new(StringComparer.Ordinal);

    /// <summary>No number up to this may be given again.</summary>
    public long LastSequenceNumber { get; set; }

    /// <summary>Bytes of the records of what is there.</summary>
    public long LiveBytes { get; set; }

    /// <summary>What a crash had cut off; null for nothing.</summary>
    public TornFile? Torn { get; set; }
}
