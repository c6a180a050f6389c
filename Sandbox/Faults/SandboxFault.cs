namespace DataExport.Sandbox;

/// <summary>What can go wrong with an environment, one switch each.</summary>
[Flags]
public enum SandboxFaults
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>429: too many requests, and a limit that is met early.</summary>
    ThrottleRequests = 1 << 0,

    /// <summary>429: too much execution time, and requests that take some.</summary>
    ThrottleTime = 1 << 1,

    /// <summary>429: too many requests at once.</summary>
    ThrottleConcurrency = 1 << 2,

    /// <summary>403 for a request.</summary>
    Forbidden = 1 << 3,

    /// <summary>503, or an answer that is cut off.</summary>
    Unavailable = 1 << 4,

    /// <summary>Answers that come late and in pieces.</summary>
    Slow = 1 << 5,

    /// <summary>All delta tokens expire.</summary>
    TokenExpiry = 1 << 6,

    /// <summary>Columns come and grow while tables are read.</summary>
    MetadataChange = 1 << 7,

    /// <summary>Notifications that are never posted.</summary>
    Lost = 1 << 8,

    /// <summary>Notifications that come long after later ones.</summary>
    Late = 1 << 9,

    /// <summary>Notifications that come twice.</summary>
    Duplicate = 1 << 10,

    /// <summary>Notifications without their columns.</summary>
    Truncated = 1 << 11,

    /// <summary>Many records deleted without an event.</summary>
    BulkDelete = 1 << 12,

    /// <summary>Deleted records that come back.</summary>
    Restore = 1 << 13,

    /// <summary>Computed columns that change without a trace.</summary>
    Calculated = 1 << 14,

    /// <summary>Everything.</summary>
    All = (1 << 15) - 1,
}
