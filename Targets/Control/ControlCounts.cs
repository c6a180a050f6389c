namespace DataExport.Targets.Control;

/// <summary>How much of each kind happened for a profile in one silo.</summary>
public sealed record ControlCounts
{
    /// <summary>Messages received from the bus.</summary>
    public long MessagesReceived { get; init; }

    /// <summary>Messages completed: their effect is durable.</summary>
    public long MessagesCompleted { get; init; }

    /// <summary>Messages given back; they come again.</summary>
    public long MessagesAbandoned { get; init; }

    /// <summary>Messages set aside with a reason.</summary>
    public long MessagesDeadLettered { get; init; }

    /// <summary>Messages whose lock or connection was lost; they come again.</summary>
    public long MessagesLost { get; init; }

    /// <summary>Changes of messages that were written.</summary>
    public long ChangesApplied { get; init; }

    /// <summary>Changes of messages that were not newer than the target.</summary>
    public long ChangesSuperseded { get; init; }

    /// <summary>Changes of messages that became a question to the source.</summary>
    public long ChangesUncertain { get; init; }

    /// <summary>Changes of messages that the target refused.</summary>
    public long ChangesRejected { get; init; }

    /// <summary>Records that went to the failure log.</summary>
    public long RecordsFailed { get; init; }

    /// <summary>Rows read from the source by initial and delta syncs, the walks for a token included.</summary>
    public long RowsRead { get; init; }

    /// <summary>Records asked for one by one, to answer questions.</summary>
    public long RecordsFetched { get; init; }

    /// <summary>What has happened since <paramref name="earlier"/>.</summary>
    public ControlCounts Since(ControlCounts earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        return new ControlCounts
        {
            MessagesReceived = MessagesReceived - earlier.MessagesReceived,
            MessagesCompleted = MessagesCompleted - earlier.MessagesCompleted,
            MessagesAbandoned = MessagesAbandoned - earlier.MessagesAbandoned,
            MessagesDeadLettered = MessagesDeadLettered - earlier.MessagesDeadLettered,
            MessagesLost = MessagesLost - earlier.MessagesLost,
            ChangesApplied = ChangesApplied - earlier.ChangesApplied,
            ChangesSuperseded = ChangesSuperseded - earlier.ChangesSuperseded,
            ChangesUncertain = ChangesUncertain - earlier.ChangesUncertain,
            ChangesRejected = ChangesRejected - earlier.ChangesRejected,
            RecordsFailed = RecordsFailed - earlier.RecordsFailed,
            RowsRead = RowsRead - earlier.RowsRead,
            RecordsFetched = RecordsFetched - earlier.RecordsFetched,
        };
    }
}
