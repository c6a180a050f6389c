using System.Collections.Immutable;

namespace DataExport;

/// <summary>Where a run, or the comparison of a table, stands. Never renumber.</summary>
public enum ReconcilePhase
{
    /// <summary>Its turn has not come.</summary>
    Waiting = 0,

    /// <summary>The source's rows are walked, and each is looked for in the target.</summary>
    Walking = 1,

    /// <summary>The target's rows are looked for among the source's.</summary>
    SearchingExtra = 2,

    /// <summary>What seems to differ is asked for once more, and repaired if that was asked for.</summary>
    Proving = 3,

    /// <summary>Done.</summary>
    Done = 4,

    /// <summary>Not compared: the message says why.</summary>
    Skipped = 5,

    /// <summary>Given up: the message says why.</summary>
    Failed = 6,

    /// <summary>Stopped before its end.</summary>
    Stopped = 7,
}

/// <summary>In what a row of the target differs from its record. Never renumber.</summary>
public enum DriftKind
{
    /// <summary>The source has the record, the target has no row.</summary>
    Missing = 0,

    /// <summary>The target has a row, the source has no such record, or the table's filter leaves it out.</summary>
    Extra = 1,

    /// <summary>The row's version is older than the record's.</summary>
    Stale = 2,

    /// <summary>The row's version is newer than the record's, as after a restore of the environment.</summary>
    Ahead = 3,

    /// <summary>The versions are the same and the cells are not.</summary>
    Altered = 4,
}

/// <summary>What a run has found.</summary>
[GenerateSerializer, Immutable, Alias("DataExport.ReconcileReport")]
public sealed record ReconcileReport
{
    /// <summary>Where it stands: <c>Walking</c> while it runs.</summary>
    [Id(0)]
    public ReconcilePhase Phase { get; init; }

    /// <summary>What was asked for.</summary>
    [Id(1)]
    public ReconcileRequest Request { get; init; } = new();

    /// <summary>When it began, UTC.</summary>
    [Id(2)]
    public DateTime StartedOn { get; init; }

    /// <summary>When it ended, UTC.</summary>
    [Id(3)]
    public DateTime? EndedOn { get; init; }

    /// <summary>One entry a table.</summary>
    [Id(4)]
    public ImmutableArray<TableReconcileReport> Tables { get; init; } = [];
}

/// <summary>What a run has found in one table.</summary>
[GenerateSerializer, Immutable, Alias("DataExport.TableReconcileReport")]
public sealed record TableReconcileReport
{
    /// <summary>The table's logical name.</summary>
    [Id(0)]
    public required string Table { get; init; }

    /// <summary>Where its comparison stands.</summary>
    [Id(1)]
    public ReconcilePhase Phase { get; init; }

    /// <summary>Rows that the source has, as far as they are walked; of a filtered table those it lets in.</summary>
    [Id(2)]
    public long RowsAtSource { get; init; }

    /// <summary>Rows that the target had when the walk began.</summary>
    [Id(3)]
    public long RowsInTarget { get; init; }

    /// <summary>Records that the target has no row of.</summary>
    [Id(4)]
    public long Missing { get; init; }

    /// <summary>Rows that the source has no record of.</summary>
    [Id(5)]
    public long Extra { get; init; }

    /// <summary>Rows of an older version.</summary>
    [Id(6)]
    public long Stale { get; init; }

    /// <summary>Rows of a newer version.</summary>
    [Id(7)]
    public long Ahead { get; init; }

    /// <summary>Rows of the same version and other cells; 0 where cells were not compared.</summary>
    [Id(8)]
    public long Altered { get; init; }

    /// <summary>How many of all these were written or deleted.</summary>
    [Id(9)]
    public long Repaired { get; init; }

    /// <summary>
    /// How many changed while they were repaired, or may enter a filtered table by a question only: these are asked
    /// once more by what confirms, within about a minute.
    /// </summary>
    [Id(10)]
    public long Asked { get; init; }

    /// <summary>How many the target rejected: see the failure log.</summary>
    [Id(11)]
    public long Rejected { get; init; }

    /// <summary>Rows of which the source did not let it be known whether they differ: see the message.</summary>
    [Id(12)]
    public long Undecided { get; init; }

    /// <summary>Requests to the source: pages of the walk and group fetches.</summary>
    [Id(13)]
    public long SourceRequests { get; init; }

    /// <summary>The first rows that differ.</summary>
    [Id(14)]
    public ImmutableArray<RowDrift> Drifts { get; init; } = [];

    /// <summary>When its comparison began, UTC.</summary>
    [Id(15)]
    public DateTime? StartedOn { get; init; }

    /// <summary>When its comparison ended, UTC.</summary>
    [Id(16)]
    public DateTime? EndedOn { get; init; }

    /// <summary>Why it was skipped or given up, or what was not repaired and what to do about it.</summary>
    [Id(17)]
    public string? Message { get; init; }

    /// <summary>All rows that differ.</summary>
    public long Different => Missing + Extra + Stale + Ahead + Altered;
}

/// <summary>A row that differs. Holds no value of it.</summary>
/// <param name="RecordId">The record.</param>
/// <param name="Kind">In what.</param>
/// <param name="Columns">The columns whose cells differ, where cells were compared.</param>
[GenerateSerializer, Immutable, Alias("DataExport.RowDrift")]
public sealed record RowDrift(
    [property: Id(0)] Guid RecordId,
    [property: Id(1)] DriftKind Kind,
    [property: Id(2)] ImmutableArray<string> Columns);
