namespace DataExport.Sandbox;

/// <summary>
/// How files end. Only the oldest goes: then nothing that an earlier file says can come back. What is still wanted of
/// it is written once more, at the end.
/// </summary>
internal sealed partial class QueueLog
{
    /// <summary>Told, under the log's lock, when a file has been ended or emptied. Only to be noted.</summary>
    public Action? CleaningDue { get; set; }

    /// <summary>
    /// Deletes the oldest files that nothing is wanted of. Returns the next one if it is to be emptied, so that the
    /// files stay below twice what is in the queue and a few files more; null when there is nothing to do.
    /// </summary>
    public LogSegment? FindToClean()
    {
        lock (_gate)
        {
            if (_current.Bytes == 0)
            {
                // The highest number so far would go with the files: the last one does not say it yet.
                return null;
            }

            while (_segments.TryPeek(out var oldest) && oldest != _current && oldest.LiveRecords == 0)
            {
                if (!_files.TryDeleteOldest())
                {
                    return null;
                }
            }

            var garbage = BytesNow() - _liveBytes;
            return garbage > _liveBytes + (SlackSegments * _options.SegmentBytesMax) && _segments.Peek() != _current
                ? _segments.Peek()
                : null;
        }
    }

    /// <summary>Appends the session states of a file once more.</summary>
    public void CopyStates(LogSegment segment)
    {
        lock (_gate)
        {
            foreach (var (id, state) in _states.ToArray())
            {
                if (state.Place == segment)
                {
                    SetStateLocked(id, state);
                }
            }
        }
    }

    private void Roll()
    {
        try
        {
            _current = _files.Roll();
            LogRecordWriter.WriteHead(_buffer, _lastSequenceNumber);
            _files.Append(_current, _buffer.Span);
            _buffer.Clear();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // No room for another file: this one grows on, or the other begins with the next commit.
            return;
        }

        CleaningDue?.Invoke();
    }
}
