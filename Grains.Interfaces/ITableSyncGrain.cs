using Orleans.Concurrency;

namespace DataExport;

/// <summary>Initial sync and delta sync of one table of a profile. The key is <c>profile/table</c>.</summary>
[Alias("DataExport.ITableSyncGrain")]
public interface ITableSyncGrain : IGrainWithStringKey
{
    /// <summary>Begins, or goes on where the table's sync state in the target stopped.</summary>
    [Alias("Start")]
    Task StartAsync();

    /// <summary>Gives up the page that is under way and stops. Interleaves, or it would wait for it.</summary>
    [AlwaysInterleave]
    [Alias("Stop")]
    Task StopAsync();

    /// <summary>
    /// Gives up the page that is under way until <see cref="StartAsync"/>. Who waits for a delta goes on waiting.
    /// </summary>
    [AlwaysInterleave]
    [Alias("Pause")]
    Task PauseAsync();

    /// <summary>
    /// Runs a delta sync that begins after this call; returns when it is committed. During the initial sync it returns
    /// at once.
    /// </summary>
    /// <exception cref="ProfileException">The delta failed. It is tried again, and this call ends.</exception>
    [AlwaysInterleave]
    [Alias("DeltaNow")]
    Task DeltaNowAsync(CancellationToken cancellationToken);

    /// <summary>Whether a delta is under way: some of its rows may be read and not written yet.</summary>
    [AlwaysInterleave]
    [Alias("IsReadingDelta")]
    ValueTask<bool> IsReadingDeltaAsync();

    /// <summary>How the table does.</summary>
    [AlwaysInterleave]
    [Alias("GetReport")]
    Task<TableReport> GetReportAsync();
}

/// <summary>Empties a profile's pending questions by asking the source. The key is the profile's id.</summary>
[Alias("DataExport.IConfirmGrain")]
public interface IConfirmGrain : IGrainWithStringKey
{
    /// <summary>Begins to ask.</summary>
    [Alias("Start")]
    Task StartAsync();

    /// <summary>Gives up the fetch that is under way and stops. Interleaves, or it would wait for it.</summary>
    [AlwaysInterleave]
    [Alias("Stop")]
    Task StopAsync();

    /// <summary>Asks everything that is pending now; returns when it is answered.</summary>
    [AlwaysInterleave]
    [Alias("ConfirmNow")]
    Task ConfirmNowAsync(CancellationToken cancellationToken);

    /// <summary>What hinders the asking, or <see langword="null"/>.</summary>
    [AlwaysInterleave]
    [Alias("GetMessage")]
    Task<string?> GetMessageAsync();
}
