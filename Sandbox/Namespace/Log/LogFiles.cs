using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace DataExport.Sandbox;

/// <summary>The files of one queue's log. Not thread-safe but for the timer that forces them to the disk.</summary>
internal sealed class LogFiles : IDisposable
{
    private const string Extension = ".log";
    private readonly string _directory;
    private readonly TimeSpan _flushInterval;
    private readonly FileStream _ownership;
    private readonly LogDisk _disk;
    private readonly ITimer _flushing;
    private SafeFileHandle? _handle;
    private LogSegment? _last;
    private bool _hasTail;
    private int _isFlushArmed;

    private LogFiles(
        string directory, TimeSpan flushInterval, FileStream ownership, TimeProvider clock, LogDisk disk)
    {
        _directory = directory;
        _flushInterval = flushInterval;
        _ownership = ownership;
        _disk = disk;
        _flushing = clock.CreateTimer(
            static state => ((LogFiles)state!).OnFlushTime(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Oldest first.</summary>
    public Queue<LogSegment> Segments { get; } = new();

    /// <summary>Takes a directory for this process alone.</summary>
    public static LogFiles Open(string directory, TimeSpan flushInterval, TimeProvider clock, LogDisk disk)
    {
        try
        {
            _ = Directory.CreateDirectory(directory);
            var ownership = new FileStream(
                Path.Combine(directory, "owner"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            var files = new LogFiles(directory, flushInterval, ownership, clock, disk);
            foreach (var path in Directory.EnumerateFiles(directory, "*" + Extension).Order(StringComparer.Ordinal))
            {
                if (long.TryParse(
                    Path.GetFileNameWithoutExtension(path), CultureInfo.InvariantCulture, out var number))
                {
                    files.Segments.Enqueue(new LogSegment(number, path));
                }
            }

            return files;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"{directory} cannot be used: another process has it, or it cannot be written. Name another data "
                + "directory, or stop the other process.",
                exception);
        }
    }

    /// <summary>
    /// Reads all files. What the last one ends with and is not whole is what a crash has cut off: it goes.
    /// </summary>
    /// <exception cref="IOException">A file is damaged anywhere else.</exception>
    public RecoveredQueue Replay()
    {
        var replay = new LogReplay();
        foreach (var segment in Segments)
        {
            var whole = replay.Read(segment);
            var bytes = new FileInfo(segment.Path).Length;
            if (whole == bytes)
            {
                continue;
            }

            if (segment.Number != Segments.Max(other => other.Number) || LogTail.HoldsRecords(segment.Path, whole))
            {
                throw new IOException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{segment.Path} is damaged at byte {whole}. Cut it off there to go on without the rest of it, or "
                    + $"move {_directory} away to begin anew."));
            }

            using var torn = new FileStream(segment.Path, FileMode.Open, FileAccess.Write);
            torn.SetLength(whole);
            replay.Queue.Torn = new TornFile(segment.Path, whole, bytes - whole);
        }

        return replay.Queue;
    }

    /// <summary>Goes on with the last file, or begins the first.</summary>
    public LogSegment OpenLast()
    {
        if (Segments.Count == 0)
        {
            return Begin(1);
        }

        _last = Segments.MaxBy(segment => segment.Number)!;
        _handle = File.OpenHandle(_last.Path, FileMode.Open, FileAccess.Write, FileShare.Read);
        return _last;
    }

    /// <summary>Writes behind the last whole record: all of it, or the file is as it was.</summary>
    public void Append(LogSegment segment, ReadOnlySpan<byte> records)
    {
        CutTail();
        try
        {
            _hasTail = true;
            _disk.Write(_handle!, records, segment.Bytes);
            if (_flushInterval == TimeSpan.Zero)
            {
                _disk.Flush(_handle!);
            }

            _hasTail = false;
        }
        catch (Exception exception) when (IsOfTheDisk(exception))
        {
            // Whoever sent them is told that they are refused: they must not come back with the next start.
            TryCutTail();
            throw;
        }

        segment.Bytes += records.Length;
        if (_flushInterval > TimeSpan.Zero && Interlocked.Exchange(ref _isFlushArmed, 1) == 0)
        {
            _flushing.Change(_flushInterval, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Ends the last file and begins the next.</summary>
    public LogSegment Roll()
    {
        // A file that is not the last must be whole, whatever happens to the machine.
        CutTail();
        _disk.Flush(_handle!);
        var ended = _handle;
        var begun = Begin(_last!.Number + 1);
        ended!.Dispose();
        return begun;
    }

    /// <summary>Deletes the first file. What was copied out of it is on the disk before.</summary>
    public bool TryDeleteOldest()
    {
        try
        {
            _disk.Flush(_handle!);
            File.Delete(Segments.Peek().Path);
            Segments.Dequeue();
            return true;
        }
        catch (Exception exception) when (IsOfTheDisk(exception))
        {
            // It takes up room and does no harm: the next cleaning tries again.
            return false;
        }
    }

    public void Dispose()
    {
        _flushing.Dispose();
        if (_handle is not null)
        {
            TryCutTail();
            _disk.Flush(_handle);
            _handle.Dispose();
        }

        _ownership.Dispose();
    }

    private LogSegment Begin(long number)
    {
        var path = Path.Combine(
            _directory, number.ToString("D12", CultureInfo.InvariantCulture) + Extension);
        var segment = new LogSegment(number, path);
        _handle = File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.Read);
        Segments.Enqueue(segment);
        _last = segment;
        return segment;
    }

    /// <summary>Takes away what a write that failed has left behind the whole records.</summary>
    private void CutTail()
    {
        if (_hasTail)
        {
            _disk.Cut(_handle!, _last!.Bytes);
            _hasTail = false;
        }
    }

    private void TryCutTail()
    {
        try
        {
            CutTail();
        }
        catch (Exception exception) when (IsOfTheDisk(exception))
        {
            // Nothing is written behind it: the next write begins with the cut, and fails as long as this does.
        }
    }

    private static bool IsOfTheDisk(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or ObjectDisposedException;

    private void OnFlushTime()
    {
        Volatile.Write(ref _isFlushArmed, 0);
        try
        {
            _disk.Flush(_handle!);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // Ended meanwhile, and forced to the disk by that; or the disk fails, which the next write will tell.
        }
    }
}
