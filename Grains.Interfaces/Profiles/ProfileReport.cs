using System.Collections.Immutable;

namespace DataExport;

/// <summary>How a profile does.</summary>
[GenerateSerializer, Immutable, Alias("DataExport.ProfileReport")]
public sealed record ProfileReport
{
    /// <summary>Where the profile stands.</summary>
    [Id(0)]
    public ProfileStatus Status { get; init; }

    /// <summary>What stopped it, or what it waits for. Never holds a secret.</summary>
    [Id(1)]
    public string? Message { get; init; }

    /// <summary>One entry a table.</summary>
    [Id(2)]
    public ImmutableArray<TableReport> Tables { get; init; } = [];

    /// <summary>Records that the target rejected since the profile was activated.</summary>
    [Id(3)]
    public long FailedRecords { get; init; }

    /// <summary>Notifications whose changes were answered, in this silo since it started.</summary>
    [Id(4)]
    public long TotalNotifications { get; init; }

    /// <summary>Open questions and provisional rows, all tables together.</summary>
    [Id(5)]
    public long Pending { get; init; }

    /// <summary>
    /// Whether the environment posts what it should; <see langword="null"/> before the first look, and for a profile
    /// whose steps are made by hand.
    /// </summary>
    [Id(6)]
    public RegistrationReport? Registration { get; init; }

    /// <summary>
    /// How much of the environment's limits is used, by all profiles and silos; <see langword="null"/> while the
    /// profile is not active.
    /// </summary>
    [Id(7)]
    public BudgetReport? Source { get; init; }
}

/// <summary>How one table of a profile does.</summary>
[GenerateSerializer, Immutable, Alias("DataExport.TableReport")]
public sealed record TableReport
{
    /// <summary>The table's logical name.</summary>
    [Id(0)]
    public required string Table { get; init; }

    /// <summary>What the table is at.</summary>
    [Id(1)]
    public TableSyncPhase Phase { get; init; }

    /// <summary>Rows that the initial sync has committed.</summary>
    [Id(2)]
    public long RowsDone { get; init; }

    /// <summary>Rows that the initial sync expects, as the id walk counted them; 0 while unknown.</summary>
    [Id(3)]
    public long RowsTotal { get; init; }

    /// <summary>When the last delta sync ended, UTC.</summary>
    [Id(4)]
    public DateTime? LastDeltaOn { get; init; }

    /// <summary>Open questions and provisional rows of the table.</summary>
    [Id(5)]
    public long Pending { get; init; }

    /// <summary>What hinders the table, if anything does.</summary>
    [Id(6)]
    public string? Message { get; init; }

    /// <summary>Rows that the initial sync commits a second; <see langword="null"/> while none is under way.</summary>
    [Id(7)]
    public double? RowsPerSecond { get; init; }

    /// <summary>How long the initial sync still takes at that rate.</summary>
    [Id(8)]
    public TimeSpan? TimeLeft { get; init; }
}
