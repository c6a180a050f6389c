using System.Collections.Immutable;

namespace DataExport.Api;

/// <summary>
/// A profile as the API returns it: the fields of Microsoft's Data Export Service and ours beside them. It holds no
/// secret.
/// </summary>
public sealed record ProfileView
{
    /// <summary>32 lower-case hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>The format's version.</summary>
    public string Version { get; init; } = "1.0";

    /// <summary>Unique among all profiles.</summary>
    public required string Name { get; init; }

    /// <summary>What the profile is at, in the Data Export Service's numbers.</summary>
    public ProfileState State { get; init; }

    /// <summary>The environment's organization.</summary>
    public Guid OrganizationId { get; init; }

    /// <summary>The environment's address.</summary>
    public string OrganizationUrl { get; init; } = "";

    /// <summary>The environment's address, under the name that a profile is created with.</summary>
    public string SourceUrl { get; init; } = "";

    /// <summary>The tables.</summary>
    public ImmutableArray<EntityView> Entities { get; init; } = [];

    /// <summary>Schema names of the N:N relationships.</summary>
    public ImmutableArray<string> Relationships { get; init; } = [];

    /// <summary><c>sqlite</c>.</summary>
    public string DestinationType { get; init; } = "";

    /// <summary>Put before every table's name with an underscore; empty for none.</summary>
    public string DestinationPrefix { get; init; } = "";

    /// <summary>The target's schema.</summary>
    public string DestinationSchemaName { get; init; } = "";

    /// <summary>Whether readers want the delete log.</summary>
    public bool WriteDeleteLog { get; init; }

    /// <summary>Whether each table gets views for reports.</summary>
    public bool WriteViews { get; init; }

    /// <summary>Whether lookups and <c>SinkModifiedOn</c> get indexes.</summary>
    public bool WriteIndexes { get; init; }

    /// <summary>How often a record that the target rejects is tried again.</summary>
    public ProfileRetryPolicy RetryPolicy { get; init; } = new();

    /// <summary>How often calculated and rollup columns are refreshed; <see langword="null"/>: never.</summary>
    public TimeSpan? RefreshComputedEvery { get; init; }

    /// <summary>When the profile was created, UTC.</summary>
    public DateTime? CreationTime { get; init; }

    /// <summary>When the profile was last activated, UTC.</summary>
    public DateTime? ActivationTime { get; init; }

    /// <summary>How the profile does; only when asked for with <c>?status=true</c>.</summary>
    public ProfileStatusView? Status { get; init; }

    /// <summary>The same in our own words and finer; only when asked for with <c>?status=true</c>.</summary>
    public ProfileReport? Report { get; init; }
}

/// <summary>One table of a profile.</summary>
/// <param name="Type">The table's logical name.</param>
/// <param name="Settings">Always empty; the Data Export Service had the field.</param>
/// <param name="Status">How the table does; only when asked for with <c>?status=true</c>.</param>
public sealed record EntityView(string Type, EntitySettings Settings, EntityStatusView? Status)
{
    /// <summary>The columns that were chosen; empty for all.</summary>
    public ImmutableArray<string> Columns { get; init; } = [];

    /// <summary>Which rows are exported; <see langword="null"/> for all.</summary>
    public string? Filter { get; init; }

    /// <summary>The columns whose values are hidden.</summary>
    public ImmutableArray<ColumnMask> Masks { get; init; } = [];
}

/// <summary>No setting is known.</summary>
public sealed record EntitySettings;

/// <summary>What a profile is at. The Data Export Service's numbers: never renumber.</summary>
public enum ProfileState
{
    /// <summary>Saved, never activated.</summary>
    Created = 0,

    /// <summary>Replicates, or is about to, or was stopped by an error.</summary>
    Active = 1,

    /// <summary>Stopped on request.</summary>
    Deactivated = 2,

    /// <summary>Gone.</summary>
    Deleted = 3,
}

/// <summary>The body of an answer that is no success.</summary>
/// <param name="CorrelationId">Stands in the silo's log beside what happened.</param>
/// <param name="Message">What cannot be done and how to remedy it.</param>
/// <param name="Details">More, where there is more to say; one finding a line.</param>
public sealed record ErrorView(string CorrelationId, string Message, string Details);
