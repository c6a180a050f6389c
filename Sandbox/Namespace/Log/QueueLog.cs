using DataExport.ServiceBus;
using DataExport.ServiceBus.Amqp;

namespace DataExport.Sandbox;

/// <summary>
/// A queue on disk, its dead-letter queue included: records are appended to a file, and when it is full to the next.
/// Everything is in memory too; the files are for the next start. Thread-safe; its lock is taken last.
/// </summary>
internal sealed partial class QueueLog : IDisposable
{
    /// <summary>A file that is not cleaned although it could be must be worth keeping for so many files.</summary>
    private const int SlackSegments = 2;

    private const int KeptBufferBytes = 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly AmqpBuffer _buffer = new();
    private readonly Dictionary<string, SessionStateRecord> _states;
    private readonly Queue<LogSegment> _segments;
    private readonly LogFiles _files;
    private readonly QueueLogOptions _options;
    private LogSegment _current;
    private long _lastSequenceNumber;
    private long _liveBytes;
    private bool _isDisposed;

    private QueueLog(LogFiles files, QueueLogOptions options, RecoveredQueue recovered, LogSegment current)
    {
        _files = files;
        _options = options;
        _segments = files.Segments;
        _states = recovered.SessionStates;
        _liveBytes = recovered.LiveBytes;
        _lastSequenceNumber = recovered.LastSequenceNumber;
        _current = current;
    }

    /// <summary>Bytes of all files.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return BytesNow();
            }
        }
    }

    /// <summary>Opens a queue's directory, which is made if it is not there, and reads what it holds.</summary>
    /// <exception cref="IOException">It cannot be used; the message says why and what to do.</exception>
    public static (QueueLog Log, RecoveredQueue Recovered) Open(
        string directory, QueueLogOptions options, TimeProvider clock, LogDisk? disk = null)
    {
        var files = LogFiles.Open(directory, options.FlushInterval, clock, disk ?? new LogDisk());
        try
        {
            var recovered = files.Replay();
            var current = files.OpenLast();
            var log = new QueueLog(files, options, recovered, current);
            if (current.Bytes == 0)
            {
                LogRecordWriter.WriteHead(log._buffer, recovered.LastSequenceNumber);
                log.Commit();
            }

            return (log, recovered);
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    /// <summary>Writes messages that are new. They are with the operating system when this returns.</summary>
    /// <exception cref="ServiceBusException">They could not be written, and none of them is there.</exception>
    public void Add(ReadOnlySpan<StoredMessage> messages)
    {
        lock (_gate)
        {
            var mark = _buffer.Length;
            foreach (var message in messages)
            {
                PutLocked(message, isDead: false, 0);
            }

            try
            {
                CommitLocked();
            }
            catch (ServiceBusException)
            {
                _buffer.Truncate(mark);
                foreach (var message in messages)
                {
                    ReleasePlace(message);
                }

                throw;
            }
        }
    }

    /// <summary>Appends all that is known of a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="isDead">It lies in the dead-letter queue.</param>
    /// <param name="replaced">The message that it was before, which is gone; null for itself.</param>
    public void Put(StoredMessage message, bool isDead, StoredMessage? replaced = null)
    {
        lock (_gate)
        {
            if (replaced is not null)
            {
                ReleasePlace(replaced);
            }

            PutLocked(message, isDead, replaced?.SequenceNumber ?? 0);
        }
    }

    /// <summary>Appends that a message is gone.</summary>
    public void Remove(StoredMessage message)
    {
        lock (_gate)
        {
            ReleasePlace(message);
            LogRecordWriter.WriteRemove(_buffer, message.SequenceNumber);
        }
    }

    /// <summary>Appends a message's delivery count.</summary>
    public void Count(StoredMessage message)
    {
        lock (_gate)
        {
            LogRecordWriter.WriteCount(_buffer, message.SequenceNumber, message.DeliveryCount);
        }
    }

    /// <summary>Appends a session's state; null for none.</summary>
    public void SetState(string sessionId, SessionStateRecord? state)
    {
        lock (_gate)
        {
            SetStateLocked(sessionId, state);
        }
    }

    /// <summary>What was appended is with the operating system when this returns.</summary>
    /// <exception cref="ServiceBusException">It could not be written; the next commit writes it first.</exception>
    public void Commit()
    {
        lock (_gate)
        {
            CommitLocked();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            try
            {
                CommitLocked();
            }
            catch (ServiceBusException)
            {
                // Nobody waits for it any more: whoever did was told.
            }

            _files.Dispose();
        }
    }

    private void PutLocked(StoredMessage message, bool isDead, long replacedNumber)
    {
        ReleasePlace(message);
        var mark = _buffer.Length;
        LogRecordWriter.WritePut(_buffer, message, isDead, replacedNumber);
        message.Place = _current;
        message.PlaceBytes = _buffer.Length - mark;
        _lastSequenceNumber = Math.Max(_lastSequenceNumber, message.SequenceNumber);
        _current.LiveRecords++;
        _liveBytes += message.PlaceBytes;
    }

    private void SetStateLocked(string sessionId, SessionStateRecord? state)
    {
        if (_states.Remove(sessionId, out var before))
        {
            before.Place!.LiveRecords--;
            _liveBytes -= before.PlaceBytes;
        }

        var mark = _buffer.Length;
        LogRecordWriter.WriteSessionState(_buffer, sessionId, state);
        if (state is not null)
        {
            state.Place = _current;
            state.PlaceBytes = _buffer.Length - mark;
            _current.LiveRecords++;
            _liveBytes += state.PlaceBytes;
            _states.Add(sessionId, state);
        }
    }

    private void ReleasePlace(StoredMessage message)
    {
        if (message.Place is { } place)
        {
            message.Place = null;
            _liveBytes -= message.PlaceBytes;
            if (--place.LiveRecords == 0 && place != _current)
            {
                CleaningDue?.Invoke();
            }
        }
    }

    private void CommitLocked()
    {
        if (_buffer.Length == 0)
        {
            return;
        }

        try
        {
            _files.Append(_current, _buffer.Span);
        }
        catch (Exception exception) when (exception
            is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            throw new ServiceBusException(
                ServiceBusFailureReason.GeneralError, "The queue could not be written to disk.", exception);
        }

        _buffer.Clear(KeptBufferBytes);
        if (_current.Bytes >= _options.SegmentBytesMax)
        {
            Roll();
        }
    }

    private long BytesNow()
    {
        long bytes = 0;
        foreach (var segment in _segments)
        {
            bytes += segment.Bytes;
        }

        return bytes;
    }
}
