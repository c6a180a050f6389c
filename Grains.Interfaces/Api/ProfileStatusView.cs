namespace DataExport.Api;

/// <summary>How a profile does, in the Data Export Service's words.</summary>
public sealed record ProfileStatusView
{
    /// <summary>
    /// <c>Success</c>, <c>Partial Success</c> (records failed), <c>Failure</c>; <see langword="null"/>: never ran.
    /// </summary>
    public string? ExportStatus { get; init; }

    /// <summary><c>NotStarted</c>, <c>InProgress</c>, <c>Completed</c>, <c>CompletedWithFailures</c>.</summary>
    public required string InitialSyncState { get; init; }

    /// <summary><c>NotStarted</c> or <c>Created</c>.</summary>
    public required string MetadataState { get; init; }

    /// <summary><c>NotStarted</c>: failed records are not resynchronised yet.</summary>
    public string ForceRefreshState { get; init; } = "NotStarted";

    /// <summary>Notifications answered since the silo started.</summary>
    public long TotalNotifications { get; init; }

    /// <summary>Of these, the ones without a failed record.</summary>
    public long SuccessNotifications { get; init; }

    /// <summary>Failed records.</summary>
    public long FailureNotifications { get; init; }

    /// <summary>When a delta sync of any table last ended, UTC.</summary>
    public DateTime? LastExportDate { get; init; }
}

/// <summary>How a table of a profile does, in the Data Export Service's words.</summary>
public sealed record EntityStatusView
{
    /// <summary>The table's logical name.</summary>
    public required string Type { get; init; }

    /// <summary>The profile.</summary>
    public required string ProfileId { get; init; }

    /// <summary>Rows of the table that its initial sync committed.</summary>
    public long InitialSyncRows { get; init; }

    /// <summary>Rows that its initial sync expects; 0 while unknown.</summary>
    public long InitialSyncRowsTotal { get; init; }

    /// <summary>When its last delta sync ended, UTC.</summary>
    public DateTime? LastExportDate { get; init; }

    /// <summary><c>Success</c> or <c>Failure</c>; <see langword="null"/>: never ran.</summary>
    public string? LastExportStatus { get; init; }

    /// <summary><c>NotStarted</c> or <c>Created</c>.</summary>
    public required string EntityMetadataState { get; init; }

    /// <summary><c>NotStarted</c>, <c>InProgress</c>, <c>Completed</c>.</summary>
    public required string InitialSyncState { get; init; }
}
