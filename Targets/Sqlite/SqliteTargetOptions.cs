namespace DataExport.Targets.Sqlite;

/// <summary>Limits of SQLite targets, the same for every profile.</summary>
public sealed class SqliteTargetOptions
{
    /// <summary>How long a statement waits for another process' lock before the target counts as unavailable.</summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Page cache of the writing connection. Ids are random, so every inserted row touches another page of the unique
    /// index: what does not fit is read from the file again.
    /// </summary>
    public int WriterCacheKibibytes { get; set; } = 32 * 1024;

    /// <summary>Page cache of the reading connection.</summary>
    public int ReaderCacheKibibytes { get; set; } = 4 * 1024;

    /// <summary>After how many written pages (4 KiB each) the log is carried over, beside the merges.</summary>
    public int CheckpointPages { get; set; } = 4_000;

    /// <summary>
    /// At how many pages a commit carries over what is left and lets the log begin anew. The log's file grows to about
    /// that size, so this is disk; more than <see cref="CheckpointPages"/>, or merges wait for it often.
    /// </summary>
    public int LogPagesMax { get; set; } = 32_000;

    /// <summary>
    /// How many different sets of sent columns a table keeps a prepared statement for. The least recently used goes.
    /// </summary>
    public int UpdateStatementsMax { get; set; } = 64;

    /// <summary>How many rows one transaction asks about at the end of a resync: merges get in between.</summary>
    public int AskRowsMax { get; set; } = 2_000;
}
