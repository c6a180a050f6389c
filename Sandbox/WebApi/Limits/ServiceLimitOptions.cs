namespace DataExport.Sandbox;

/// <summary>Dataverse's service protection limits of one user. The defaults are the real ones.</summary>
public sealed record ServiceLimitOptions
{
    /// <summary>The sliding window.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Requests in a window. A batch counts as one.</summary>
    public int RequestsMax { get; init; } = 6_000;

    /// <summary>Combined execution time in a window.</summary>
    public TimeSpan ExecutionMax { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>Requests at once.</summary>
    public int ConcurrentMax { get; init; } = 52;

    /// <summary>The <c>x-ms-dop-hint</c> of every answer.</summary>
    public int DopHint { get; init; } = 8;

    /// <summary>
    /// What each request takes beside what it really takes, for limits of time that are met in a test: a Dataverse does
    /// more for a page than this sandbox.
    /// </summary>
    public TimeSpan ExecutionAdded { get; init; }
}

/// <summary>One of the three limits.</summary>
public enum ServiceLimit
{
    /// <summary>Number of requests, 0x80072322.</summary>
    Requests,

    /// <summary>Combined execution time, 0x80072321.</summary>
    Execution,

    /// <summary>Concurrent requests, 0x80072326.</summary>
    Concurrency,
}
