using DataExport.Grains.Ports;

namespace DataExport.Targets.Sqlite;

/// <summary>
/// Carries the write-ahead log over into the database file beside the merges, on a connection of its own. Done by the
/// commit that happens to fill the log, it would hold up every message behind that commit.
/// </summary>
/// <remarks>
/// Under constant load there is always a newer commit, so this alone never lets the log begin anew. That is done by the
/// writer, whose own checkpoint at <see cref="SqliteTargetOptions.LogPagesMax"/> finds little left to carry over.
/// </remarks>
internal sealed class SqliteCheckpoints(string file, SqliteTargetOptions options, SqliteLog log)
    : IAsyncDisposable
{
    private SqliteDatabase? _database;
    private Task _running = Task.CompletedTask;
    private long _pages;

    /// <summary>Takes note of what a commit wrote. Called by one thread at a time.</summary>
    public void Wrote(int pages)
    {
        _pages += pages;
        if (_pages >= options.CheckpointPages && _running.IsCompleted)
        {
            _pages = 0;
            _running = Task.Run(Run);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Carrying over never decides anything: a fault of it must not keep the connections open.
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _database?.Dispose();
    }

    private void Run()
    {
        try
        {
            _database ??= SqliteDatabase.OpenCheckpointer(file, options);
            _database.Checkpoint();
        }
        catch (TargetUnavailableException)
        {
            // Nothing is lost: the log keeps what it holds, and if the disk is really away the next merge says so. But
            // it may have been a flush of the log that failed.
            log.Doubt();
            _database?.Dispose();
            _database = null;
        }
    }
}
