using System.Globalization;

namespace DataExport.Sandbox;

/// <summary>Reads a queue's files, oldest first, into what they leave.</summary>
internal sealed class LogReplay
{
    private readonly RecoveredQueue _queue = new();

    public RecoveredQueue Queue => _queue;

    /// <summary>Reads one file; returns how many bytes of it are whole records.</summary>
    /// <exception cref="IOException">It is of another format.</exception>
    public long Read(LogSegment segment)
    {
        var reader = new LogRecordReader(File.ReadAllBytes(segment.Path));
        while (reader.TryNext())
        {
            try
            {
                Apply(ref reader, segment);
            }
            catch (Exception exception) when (exception is ArgumentOutOfRangeException or IndexOutOfRangeException)
            {
                // The checksum is right and the fields are not: another program wrote it.
                throw new IOException($"{segment.Path} holds a record that this version cannot read.", exception);
            }
        }

        segment.Bytes = reader.Position;
        return reader.Position;
    }

    private void Apply(ref LogRecordReader reader, LogSegment segment)
    {
        switch (reader.Kind)
        {
            case LogRecordKind.Head:
                ReadHead(ref reader, segment);
                break;
            case LogRecordKind.Put:
                ReadPut(ref reader, segment);
                break;
            case LogRecordKind.Remove:
                Forget(reader.ReadLong());
                break;
            case LogRecordKind.Count when _queue.Messages.TryGetValue(reader.ReadLong(), out var counted):
                counted.Message.DeliveryCount = reader.ReadInt();
                break;
            case LogRecordKind.Count:
                // Its message's record was in a file that is gone, because the message is.
                break;
            case LogRecordKind.SessionState:
                ReadSessionState(ref reader, segment);
                break;
            default:
                throw new IOException(string.Create(
                    CultureInfo.InvariantCulture, $"{segment.Path} holds a record of unknown kind {reader.Kind}."));
        }
    }

    private void ReadHead(ref LogRecordReader reader, LogSegment segment)
    {
        if (reader.ReadInt() is var version && version != LogRecordWriter.FormatVersion)
        {
            throw new IOException(string.Create(
                CultureInfo.InvariantCulture, $"{segment.Path} has format {version}, which this version cannot read."));
        }

        _queue.LastSequenceNumber = Math.Max(_queue.LastSequenceNumber, reader.ReadLong());
    }

    private void ReadPut(ref LogRecordReader reader, LogSegment segment)
    {
        var flags = (LogPutFlags)reader.ReadByte();
        var sequenceNumber = reader.ReadLong();
        Forget(reader.ReadLong());
        Forget(sequenceNumber);
        var enqueued = reader.ReadLong();
        var due = reader.ReadLong();
        var deliveryCount = reader.ReadInt();
        var extras = flags.HasFlag(LogPutFlags.Extras) ? ReadExtras(ref reader) : null;
        var message = new StoredMessage(reader.ReadBytes(), sequenceNumber, enqueued)
        {
            Extras = extras,
            DueMilliseconds = due,
            DeliveryCount = deliveryCount,
            IsDeferred = flags.HasFlag(LogPutFlags.Deferred),
            State = flags.HasFlag(LogPutFlags.Scheduled) ? MessageState.Scheduled
                : flags.HasFlag(LogPutFlags.Deferred) ? MessageState.Deferred
                : MessageState.Ready,
            Place = segment,
            PlaceBytes = reader.RecordBytes,
        };
        _queue.Messages.Add(sequenceNumber, (message, flags.HasFlag(LogPutFlags.Dead)));
        _queue.LastSequenceNumber = Math.Max(_queue.LastSequenceNumber, sequenceNumber);
        _queue.LiveBytes += message.PlaceBytes;
        segment.LiveRecords++;
    }

    private static MessageExtras ReadExtras(ref LogRecordReader reader)
    {
        var timeToLive = reader.ReadLong();
        var expires = reader.ReadLong();
        return new MessageExtras
        {
            TimeToLiveMilliseconds = timeToLive < 0 ? null : (uint)timeToLive,
            ExpiresMilliseconds = expires == long.MinValue ? null : expires,
            ScheduledMilliseconds = reader.ReadLong(),
            EnqueueSequenceNumber = reader.ReadLong(),
            SessionId = reader.ReadText(),
            DeadLetterReason = reader.ReadText(),
            DeadLetterDescription = reader.ReadText(),
            AnnotationCount = reader.ReadInt(),
            Annotations = reader.ReadBytes(),
        };
    }

    private void ReadSessionState(ref LogRecordReader reader, LogSegment segment)
    {
        var id = reader.ReadText() ?? "";
        var setMilliseconds = reader.ReadLong();
        var isThere = reader.ReadByte() != 0;
        if (_queue.SessionStates.Remove(id, out var before))
        {
            before.Place!.LiveRecords--;
            _queue.LiveBytes -= before.PlaceBytes;
        }

        if (isThere)
        {
            _queue.SessionStates.Add(id, new SessionStateRecord(reader.ReadBytes(), setMilliseconds)
            {
                Place = segment,
                PlaceBytes = reader.RecordBytes,
            });
            _queue.LiveBytes += reader.RecordBytes;
            segment.LiveRecords++;
        }
    }

    private void Forget(long sequenceNumber)
    {
        if (_queue.Messages.Remove(sequenceNumber, out var known))
        {
            known.Message.Place!.LiveRecords--;
            _queue.LiveBytes -= known.Message.PlaceBytes;
        }
    }
}
