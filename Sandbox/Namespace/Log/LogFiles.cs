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
    private readonly ITimer _flushing;
    private SafeFileHandle? _handle;
    private LogSegment? _last;
    private bool _hasTail;
    private int _isFlushArmed;

    private LogFiles(string directory, TimeSpan flushInterval, FileStream ownership, TimeProvider clock)
    {
        _directory = directory;
        _flushInterval = flushInterval;
        _ownership = ownership;
        _flushing = clock.CreateTimer(
            static state => ((LogFiles)state!).OnFlushTime(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Oldest first.</summary>
    public Queue<LogSegment> Segments { get; } = new();

    /// <summary>Takes a directory for this process alone.</summary>
    public static LogFiles Open(string directory, TimeSpan flushInterval, TimeProvider clock)
    {
        try
        {
            _ = Directory.CreateDirectory(directory);
            var ownership = new FileStream(
                Path.Combine(directory, "owner"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            var files = new LogFiles(directory, flushInterval, ownership, clock);
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
    /// <exception cref="IOException">A file before the last is damaged.</exception>
    public RecoveredQueue Replay()
    {
        var replay = new LogReplay();
        foreach (var segment in Segments)
        {
            var whole = replay.Read(segment);
            if (whole == new FileInfo(segment.Path).Length)
            {
                continue;
            }

            if (segment.Number != Segments.Max(other => other.Number))
            {
                throw new IOException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{segment.Path} is damaged at byte {whole}. Move {_directory} away to begin anew."));
            }

            using var torn = new FileStream(segment.Path, FileMode.Open, FileAccess.Write);
            torn.SetLength(whole);
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

    /// <summary>Writes behind the last whole record.</summary>
    public void Append(LogSegment segment, ReadOnlySpan<byte> records)
    {
        // A write that failed may have left a part behind. The next one covers it, or the file is cut off there.
        _hasTail = true;
        RandomAccess.Write(_handle!, records, segment.Bytes);
        _hasTail = false;
        segment.Bytes += records.Length;
        if (_flushInterval == TimeSpan.Zero)
        {
            RandomAccess.FlushToDisk(_handle!);
        }
        else if (Interlocked.Exchange(ref _isFlushArmed, 1) == 0)
        {
            _flushing.Change(_flushInterval, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Ends the last file and begins the next.</summary>
    public LogSegment Roll()
    {
        if (_hasTail)
        {
            RandomAccess.SetLength(_handle!, _last!.Bytes);
            _hasTail = false;
        }

        // A file that is not the last must be whole, whatever happens to the machine.
        RandomAccess.FlushToDisk(_handle!);
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
            RandomAccess.FlushToDisk(_handle!);
            File.Delete(Segments.Peek().Path);
            Segments.Dequeue();
            return true;
        }
        catch (Exception exception) when (exception
            is IOException or UnauthorizedAccessException or ObjectDisposedException)
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
            RandomAccess.FlushToDisk(_handle);
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

    private void OnFlushTime()
    {
        Volatile.Write(ref _isFlushArmed, 0);
        try
        {
            RandomAccess.FlushToDisk(_handle!);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // Ended meanwhile, and forced to the disk by that; or the disk fails, which the next write will tell.
        }
    }
}
