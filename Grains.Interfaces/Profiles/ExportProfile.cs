using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace DataExport;

/// <summary>
/// Which tables of which environment go to which database, and how. The JSON fields are those of Microsoft's Data
/// Export Service, and <c>DestinationConnection</c>, <c>SourceUrl</c>, <c>NotificationConnection</c>,
/// <c>RegistrationConnection</c>, <c>Relationships</c> beside them.
/// </summary>
[GenerateSerializer, Immutable, Alias("DataExport.ExportProfile")]
public sealed record ExportProfile
{
    /// <summary>Given on creation: 32 lower-case hexadecimal digits.</summary>
    [Id(0)]
    public string Id { get; init; } = "";

    /// <summary>The format's version.</summary>
    [Id(1)]
    public string Version { get; init; } = "1.0";

    /// <summary>Unique among all profiles.</summary>
    [Id(2)]
    public string Name { get; init; } = "";

    /// <summary>The environment's organization. Left empty on creation, it is asked from the source.</summary>
    [Id(3)]
    public Guid OrganizationId { get; init; }

    /// <summary>The tables to replicate.</summary>
    [Id(4)]
    public ImmutableArray<ProfileEntity> Entities { get; init; } = [];

    /// <summary>Schema names of the N:N relationships to replicate.</summary>
    [Id(5)]
    public ImmutableArray<string> Relationships { get; init; } = [];

    /// <summary><c>sqlserver</c> (or DES's <c>sqlazure</c>), <c>postgres</c> or <c>sqlite</c>.</summary>
    [Id(6)]
    public string DestinationType { get; init; } = "";

    /// <summary>The target's connection string. A secret: taken, and never shown.</summary>
    [Id(7)]
    public string? DestinationConnection { get; init; }

    /// <summary>
    /// Put before every table's name with an underscore; empty for none. Letters and digits, under 15.
    /// </summary>
    [Id(8)]
    public string DestinationPrefix { get; init; } = "";

    /// <summary>The target's schema. SQLite has none and takes only the default.</summary>
    [Id(9)]
    public string DestinationSchemaName { get; init; } = "dbo";

    /// <summary>
    /// Whether readers want the delete log. It is always written, for it is part of the fence; this decides how long
    /// entries stay.
    /// </summary>
    [Id(10)]
    public bool WriteDeleteLog { get; init; } = true;

    /// <summary>How often a record that the target rejects is tried again.</summary>
    [Id(11)]
    public ProfileRetryPolicy RetryPolicy { get; init; } = new();

    /// <summary>The environment's address, such as <c>https://org.crm.dynamics.com</c>.</summary>
    [Id(12)]
    public string SourceUrl { get; init; } = "";

    /// <summary>
    /// Connection string of the queue that the environment posts to, with <c>EntityPath</c>. A secret: taken, and never
    /// shown.
    /// </summary>
    [Id(13)]
    public string? NotificationConnection { get; init; }

    /// <summary>When the profile was created, UTC.</summary>
    [Id(14)]
    public DateTime? CreationTime { get; init; }

    /// <summary>When the profile was last activated, UTC.</summary>
    [Id(15)]
    public DateTime? ActivationTime { get; init; }

    /// <summary>Whether each table gets views for reports: labels beside codes, instants with their zone.</summary>
    [Id(16)]
    public bool WriteViews { get; init; }

    /// <summary>Whether lookups and <c>SinkModifiedOn</c> get indexes.</summary>
    [Id(17)]
    public bool WriteIndexes { get; init; }

    /// <summary>
    /// Connection string with the right to send and <c>EntityPath</c>, which the environment posts with: activating
    /// registers service endpoint and steps. Left out, they are registered by hand. A secret: taken, and never shown.
    /// </summary>
    [Id(18)]
    public string? RegistrationConnection { get; init; }

    /// <summary>
    /// What fingerprints of hashed columns are made with: whoever knows it can tell a value that he guesses. A secret:
    /// taken, and never shown.
    /// </summary>
    [Id(19)]
    public string? MaskKey { get; init; }

    /// <summary>When a change of the environment's metadata last changed the tables, UTC.</summary>
    [Id(20)]
    public DateTime? TablesChangedOn { get; init; }

    /// <summary>
    /// How often all rows of tables with calculated or rollup columns are compared cell by cell, since those change
    /// without a trace; <see langword="null"/>: never, as they were when their record last changed. From 10 seconds to
    /// 30 days, as <c>1.00:00:00</c>.
    /// </summary>
    [Id(21)]
    public TimeSpan? RefreshComputedEvery { get; init; }

    /// <summary>
    /// When the profile was activated after its environment had been set back to an earlier state, UTC: what was read
    /// before is read anew.
    /// </summary>
    [Id(22)]
    public DateTime? SetBackOn { get; init; }

    /// <summary>Since when the tables are what they are, UTC: what was opened before serves others.</summary>
    [JsonIgnore]
    public DateTime? TablesSince => TablesChangedOn > ActivationTime ? TablesChangedOn : ActivationTime;

    /// <summary>The profile as it may be shown: without its secrets.</summary>
    public ExportProfile WithoutSecrets() => this with
    {
        DestinationConnection = null,
        NotificationConnection = null,
        RegistrationConnection = null,
        MaskKey = null,
    };
}

/// <summary>One table of a profile.</summary>
/// <param name="Type">The table's logical name.</param>
[GenerateSerializer, Immutable, Alias("DataExport.ProfileEntity")]
public sealed record ProfileEntity([property: Id(0)] string Type)
{
    /// <summary>
    /// The columns to replicate; empty for all. The record's id, <c>createdon</c>, <c>modifiedon</c>,
    /// <c>versionnumber</c> and the columns of <see cref="Filter"/> come along.
    /// </summary>
    [Id(1)]
    public ImmutableArray<string> Columns { get; init; } = [];

    /// <summary>
    /// Which rows to replicate, in the filter language of OData; <see langword="null"/> for all.
    /// </summary>
    [Id(2)]
    public string? Filter { get; init; }

    /// <summary>Columns whose values are hidden from the target.</summary>
    [Id(3)]
    public ImmutableArray<ColumnMask> Masks { get; init; } = [];
}

/// <summary>How often a record that the target rejects is tried again before it goes to the failure log.</summary>
/// <param name="MaxRetryCount">0 to 20.</param>
/// <param name="IntervalInSeconds">0 to 3,600.</param>
/// <param name="Backoff"><c>Simple</c>: the interval stays the same.</param>
[GenerateSerializer, Immutable, Alias("DataExport.ProfileRetryPolicy")]
public sealed record ProfileRetryPolicy(
    [property: Id(0)] int MaxRetryCount = 12,
    [property: Id(1)] int IntervalInSeconds = 5,
    [property: Id(2)] string Backoff = "Simple")
{
    /// <summary><see cref="IntervalInSeconds"/> as a time span.</summary>
    [JsonIgnore]
    public TimeSpan Interval => TimeSpan.FromSeconds(IntervalInSeconds);
}
