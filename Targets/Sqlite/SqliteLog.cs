using DataExport.Grains.Ports;
using Microsoft.Win32.SafeHandles;

namespace DataExport.Targets.Sqlite;

/// <summary>
/// Makes commits outlive a power cut: flushes the write-ahead log beside the next merge, and those that wait together
/// share one flush.
/// </summary>
/// <remarks>
/// The writer itself commits without flushing. The log is read back in order and only as far as it is whole, so a cut
/// takes the last commits, never one from among them; who must know that a commit stays waits here for it. A flush of
/// the file reaches what was written through any handle of it.
/// </remarks>
/// <param name="databaseFile">The database's file; the log lies beside it.</param>
/// <param name="beginAnew">Carries the whole log over into the database: the next commit begins it anew.</param>
/// <param name="flush">Flushes a file to the disk.</param>
internal sealed class SqliteLog(string databaseFile, Action beginAnew, Action<SafeFileHandle> flush) : IAsyncDisposable
{
    private readonly string _file = $"{databaseFile}-wal";
    private readonly Lock _gate = new();
    private Task _flushing = Task.CompletedTask;
    private long _written;
    private long _flushed;
    private volatile bool _isDoubtful;

    /// <summary>Takes note of a commit that wrote, or that another connection may have written.</summary>
    public void Wrote() => Interlocked.Increment(ref _written);

    /// <summary>
    /// Takes note of a flush that failed. The system tells of it once and then takes what was not written for written,
    /// so no flush of this log can be believed any more.
    /// </summary>
    public void Doubt() => _isDoubtful = true;

    /// <summary>Returns when all commits up to now would outlive a power cut.</summary>
    /// <exception cref="TargetUnavailableException">The disk refused.</exception>
    public async ValueTask FlushAsync()
    {
        var upTo = Volatile.Read(ref _written);
        while (Volatile.Read(ref _flushed) < upTo)
        {
            // One that is under way may have begun before the commit: then another follows.
            await FlushOnceAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync() =>
        await _flushing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private Task FlushOnceAsync()
    {
        lock (_gate)
        {
            return _flushing.IsCompleted ? _flushing = Task.Run(Flush) : _flushing;
        }
    }

    private void Flush()
    {
        var upTo = Volatile.Read(ref _written);
        if (_isDoubtful)
        {
            BeginAnew();
        }
        else
        {
            FlushFile();
        }

        Volatile.Write(ref _flushed, upTo);
    }

    private void BeginAnew()
    {
        // Before, not after: a doubt that comes up meanwhile is about what is written now, and must stay.
        _isDoubtful = false;
        try
        {
            beginAnew();
        }
        catch
        {
            Doubt();
            throw;
        }
    }

    private void FlushFile()
    {
        try
        {
            // Opened each time: a new connection may have begun a new log. It takes no lock that SQLite would miss.
            using var log = File.OpenHandle(
                _file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            Flush(log);
        }
        catch (FileNotFoundException)
        {
            // Carried over and deleted, which SQLite does only after it has flushed the database itself.
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TargetUnavailableException("The write-ahead log cannot be flushed to the disk.", exception);
        }
    }

    private void Flush(SafeFileHandle log)
    {
        try
        {
            flush(log);
        }
        catch
        {
            Doubt();
            throw;
        }
    }
}
