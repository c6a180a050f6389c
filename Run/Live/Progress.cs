namespace DataExport.Run.Live;

/// <summary>How far a run is.</summary>
internal sealed record Progress
{
    /// <summary>Where the profile stands.</summary>
    public ProfileStatus Status { get; init; }

    /// <summary>What it waits for, if for anything.</summary>
    public string? Message { get; init; }

    /// <summary>One entry a table.</summary>
    public IReadOnlyList<TableProgress> Tables { get; init; } = [];

    /// <summary>Changes made at the source so far.</summary>
    public long ChangesMade { get; init; }

    /// <summary>Changes answered by the silo in a second.</summary>
    public double ChangesPerSecond { get; init; }

    /// <summary>Mean time from the commit at the source to that in the target; null while nothing changes.</summary>
    public TimeSpan? Lag { get; init; }

    /// <summary>Rows without a version number, and open questions.</summary>
    public long Provisional { get; init; }

    /// <summary>Records that the target rejected.</summary>
    public long Failures { get; init; }
}

/// <summary>How far a table is.</summary>
/// <param name="Table">Its logical name.</param>
/// <param name="Phase">What it is at.</param>
/// <param name="RowsDone">Rows that the initial sync has committed.</param>
/// <param name="RowsTotal">Rows that it expects; those of the source while it does not know.</param>
/// <param name="SourceRows">Rows at the source now.</param>
/// <param name="Provisional">Rows without a version number, and open questions.</param>
internal sealed record TableProgress(
    string Table, TableSyncPhase Phase, long RowsDone, long RowsTotal, long SourceRows, long Provisional);
