using DataExport.Targets.Control;

namespace DataExport.Silo.Telemetry;

/// <summary>
/// What is counted of a profile in this silo since it started. Messages stand in the order of
/// <see cref="MessageOutcome"/>, changes in that of <see cref="ApplyStatus"/>: the instruments count by their distance.
/// </summary>
internal enum Tallied
{
    MessagesReceived,
    MessagesCompleted,
    MessagesAbandoned,
    MessagesDeadLettered,
    MessagesLost,
    ChangesApplied,
    ChangesSuperseded,
    ChangesRejected,
    ChangesUnavailable,
    ChangesUncertain,
    RecordsFailed,
    RowsRead,
    RecordsFetched,
}

/// <summary>
/// The instruments' counts once more, for who reads them in the process: an instrument cannot be read. Thread-safe.
/// </summary>
internal sealed class ProfileTally
{
    private readonly long[] _counts = new long[Enum.GetValues<Tallied>().Length];

    public long this[Tallied what] => Interlocked.Read(ref _counts[(int)what]);

    public void Add(Tallied what, long count = 1) => Interlocked.Add(ref _counts[(int)what], count);

    /// <summary>What has happened so far. Each count is right; they are not of one instant.</summary>
    public ControlCounts Read() => new()
    {
        MessagesReceived = this[Tallied.MessagesReceived],
        MessagesCompleted = this[Tallied.MessagesCompleted],
        MessagesAbandoned = this[Tallied.MessagesAbandoned],
        MessagesDeadLettered = this[Tallied.MessagesDeadLettered],
        MessagesLost = this[Tallied.MessagesLost],
        ChangesApplied = this[Tallied.ChangesApplied],
        ChangesSuperseded = this[Tallied.ChangesSuperseded],
        ChangesUncertain = this[Tallied.ChangesUncertain],
        ChangesRejected = this[Tallied.ChangesRejected],
        RecordsFailed = this[Tallied.RecordsFailed],
        RowsRead = this[Tallied.RowsRead],
        RecordsFetched = this[Tallied.RecordsFetched],
    };
}
