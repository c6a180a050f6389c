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

    /// <summary>After how many pages of log (4 KiB each) a commit carries them over into the database file.</summary>
    public int CheckpointPages { get; set; } = 4_000;

    /// <summary>
    /// How many different sets of sent columns a table keeps a prepared statement for. The least recently used goes.
    /// </summary>
    public int UpdateStatementsMax { get; set; } = 64;

    /// <summary>How many rows one transaction asks about at the end of a resync: merges get in between.</summary>
    public int AskRowsMax { get; set; } = 2_000;
}
