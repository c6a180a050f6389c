namespace DataExport.Sandbox;

/// <summary>What goes by sequence number: peeking, deferred messages, cancelling.</summary>
internal sealed partial class SandboxQueue
{
    /// <summary>Messages from that number on, in whatever state, encoded; nothing happens to them.</summary>
    /// <param name="query">Which.</param>
    /// <param name="bytesMax">An answer longer than this ends with the message that makes it so.</param>
    public List<byte[]> Peek(PeekQuery query, int bytesMax)
    {
        lock (_gate)
        {
            ExpireMessages(NowMilliseconds());
            var bytes = 0L;
            var answer = new List<byte[]>();
            foreach (var message in FindFrom(query))
            {
                var encoded = MessageEncoding.EncodeWhole(message, 0, query.OmitsBody);
                answer.Add(encoded);
                bytes += encoded.Length;
                if (bytes >= bytesMax)
                {
                    break;
                }
            }

            return answer;
        }
    }

    /// <summary>
    /// Locks deferred messages, or takes them out for good. All of them or, where one is not there, null.
    /// </summary>
    public List<DeferredMessage>? ReceiveDeferred(ReadOnlySpan<long> sequenceNumbers, string? sessionId, bool deletes)
    {
        lock (_gate)
        {
            ExpireMessages(NowMilliseconds());
            if (FindAside(sequenceNumbers, MessageState.Deferred) is not { } messages
                || !AreReachable(messages, sessionId))
            {
                return null;
            }

            var answer = new List<DeferredMessage>(messages.Count);
            foreach (var message in messages)
            {
                _aside.Remove(message.SequenceNumber);
                UnwatchExpiry(message);
                answer.Add(HandOutDeferred(message, deletes));
            }

            Save();
            return answer;
        }
    }

    /// <summary>Whether somebody holds the session, or the queue has none.</summary>
    public bool IsSessionHeld(string? id)
    {
        lock (_gate)
        {
            return _sessions is null || FindHeldSession(id) is not null;
        }
    }

    /// <summary>Takes scheduled messages out again: all of them or, where one is not scheduled, none.</summary>
    public bool CancelScheduled(ReadOnlySpan<long> sequenceNumbers)
    {
        lock (_gate)
        {
            if (FindAside(sequenceNumbers, MessageState.Scheduled) is not { } messages)
            {
                return false;
            }

            foreach (var message in messages)
            {
                Unschedule(message);
                Forget(message);
            }

            Save();
            return true;
        }
    }

    /// <summary>In a queue of sessions only the holder of theirs gets them.</summary>
    private bool AreReachable(List<StoredMessage> messages, string? sessionId) =>
        _sessions is null
        || (FindHeldSession(sessionId) is not null && messages.TrueForAll(message => message.SessionId == sessionId));

    private DeferredMessage HandOutDeferred(StoredMessage message, bool deletes)
    {
        if (deletes)
        {
            var encoded = MessageEncoding.EncodeWhole(message, 0, omitsBody: false);
            Forget(message);
            return new DeferredMessage(encoded, Guid.Empty);
        }

        var lockedUntil = Lock(message);
        return new DeferredMessage(
            MessageEncoding.EncodeWhole(message, lockedUntil, omitsBody: false), message.LockToken);
    }

    /// <summary>Each once; null when one of them is not there.</summary>
    private List<StoredMessage>? FindAside(ReadOnlySpan<long> sequenceNumbers, MessageState state)
    {
        var messages = new List<StoredMessage>(sequenceNumbers.Length);
        var found = new HashSet<long>(sequenceNumbers.Length);
        foreach (var sequenceNumber in sequenceNumbers)
        {
            if (!_aside.TryGetValue(sequenceNumber, out var message) || message.State != state)
            {
                return null;
            }

            if (found.Add(sequenceNumber))
            {
                messages.Add(message);
            }
        }

        return messages;
    }

    /// <summary>The first of all messages from a number on. One pass: nothing is kept in order for it.</summary>
    private List<StoredMessage> FindFrom(PeekQuery query)
    {
        var first = new PriorityQueue<StoredMessage, long>();
        foreach (var message in Messages())
        {
            if (message.SequenceNumber < query.FromSequenceNumber
                || (query.SessionId is not null && message.SessionId != query.SessionId))
            {
                continue;
            }

            // The largest number is at the front, to make way for a smaller one.
            if (first.Count < query.MessagesMax)
            {
                first.Enqueue(message, -message.SequenceNumber);
            }
            else
            {
                first.EnqueueDequeue(message, -message.SequenceNumber);
            }
        }

        var messages = new List<StoredMessage>(first.Count);
        while (first.TryDequeue(out var message, out _))
        {
            messages.Add(message);
        }

        messages.Reverse();
        return messages;
    }
}
