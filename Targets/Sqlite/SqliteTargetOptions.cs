using System.ComponentModel.DataAnnotations;

namespace DataExport.Targets.Sqlite;

/// <summary>Limits of SQLite targets, the same for every profile: section <c>DataExport:Sqlite</c>.</summary>
public sealed class SqliteTargetOptions
{
    /// <summary>How long a statement waits for another process' lock before the target counts as unavailable.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Page cache of the writing connection. Ids are random, so every inserted row touches another page of the unique
    /// index: what does not fit is read from the file again.
    /// </summary>
    [Range(64, 4 * 1024 * 1024)]
    public int WriterCacheKibibytes { get; set; } = 32 * 1024;

    /// <summary>Page cache of the reading connection.</summary>
    [Range(64, 4 * 1024 * 1024)]
    public int ReaderCacheKibibytes { get; set; } = 4 * 1024;

    /// <summary>After how many written pages (4 KiB each) the log is carried over, beside the merges.</summary>
    [Range(10, 1_000_000)]
    public int CheckpointPages { get; set; } = 4_000;

    /// <summary>
    /// At how many pages a commit carries over what is left and lets the log begin anew. The log's file grows to about
    /// that size, so this is disk; more than <see cref="CheckpointPages"/>, or merges wait for it often.
    /// </summary>
    [Range(10, 10_000_000)]
    public int LogPagesMax { get; set; } = 32_000;

    /// <summary>
    /// How many different sets of sent columns a table keeps a prepared statement for. The least recently used goes.
    /// </summary>
    [Range(1, 10_000)]
    public int UpdateStatementsMax { get; set; } = 64;

    /// <summary>How many rows one transaction asks about at the end of a resync: merges get in between.</summary>
    [Range(1, 100_000)]
    public int AskRowsMax { get; set; } = 2_000;
}
