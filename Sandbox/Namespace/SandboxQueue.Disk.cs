using DataExport.ServiceBus;

namespace DataExport.Sandbox;

/// <summary>What keeps a queue on disk, where it is kept there.</summary>
internal sealed partial class SandboxQueue
{
    /// <summary>Messages copied before the queue's lock is let go.</summary>
    private const int CopiedMessages = 64;

    private readonly QueueLog? _log;
    private int _isCleaning;

    private bool IsDeadLetterQueue => DeadLetters is null;

    /// <summary>Takes in what the disk holds; before anything else happens to the queue.</summary>
    public void Restore(RecoveredQueue recovered)
    {
        lock (_gate)
        {
            _lastSequenceNumber = recovered.LastSequenceNumber;
            foreach (var (message, isDead) in recovered.Messages.Values.OrderBy(known => known.Message.SequenceNumber))
            {
                if (isDead)
                {
                    DeadLetters!.RestoreOne(message);
                }
                else
                {
                    RestoreOne(message);
                }
            }

            foreach (var (id, state) in recovered.SessionStates)
            {
                if (_sessions is not null)
                {
                    _sessions.GetOrAdd(id).State = state;
                }
            }
        }

        _log!.CleaningDue = RequestCleaning;
        RequestCleaning();
    }

    private void RestoreOne(StoredMessage message)
    {
        lock (_gate)
        {
            if (message.State != MessageState.Deferred)
            {
                Enter(message);
                return;
            }

            _count++;
            _aside.Add(message.SequenceNumber, message);
            if (message.DueMilliseconds > 0)
            {
                WatchExpiry(message);
            }
        }
    }

    /// <summary>What has happened is with the operating system when this returns.</summary>
    /// <exception cref="ServiceBusException">It could not be written.</exception>
    private void Save() => _log?.Commit();

    /// <summary>For what nobody waits for. What is not written now is written with what comes next.</summary>
    private void TrySave()
    {
        try
        {
            Save();
        }
        catch (ServiceBusException)
        {
            // A crash now undoes it: a message comes once more, or is counted once less.
        }
    }

    private bool TryForgetOnDisk(StoredMessage message)
    {
        if (_log is null)
        {
            return true;
        }

        _log.Remove(message);
        try
        {
            _log.Commit();
            return true;
        }
        catch (ServiceBusException)
        {
            _log.Put(message, IsDeadLetterQueue);
            return false;
        }
    }

    private void RequestCleaning()
    {
        if (Interlocked.Exchange(ref _isCleaning, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static queue => queue.Clean(), this, preferLocal: false);
        }
    }

    /// <summary>Ends files that are worth less than they take up.</summary>
    internal void Clean()
    {
        LogSegment? cleaned = null;
        try
        {
            while (_log!.FindToClean() is { } segment && segment != cleaned)
            {
                CopyOut(segment);
                DeadLetters!.CopyOut(segment);
                _log.CopyStates(segment);
                _log.Commit();
                cleaned = segment;
            }
        }
        catch (ServiceBusException)
        {
            // No room to copy to. The next file that is ended tries again.
        }
        finally
        {
            Volatile.Write(ref _isCleaning, 0);
        }
    }

    /// <summary>Writes once more what has its newest record in that file.</summary>
    private void CopyOut(LogSegment segment)
    {
        List<StoredMessage> messages;
        lock (_gate)
        {
            messages = [.. Messages().Where(message => message.Place == segment)];
        }

        foreach (var some in messages.Chunk(CopiedMessages))
        {
            lock (_gate)
            {
                foreach (var message in some)
                {
                    // Gone, or written anew meanwhile: then it has another place.
                    if (message.Place == segment)
                    {
                        _log!.Put(message, IsDeadLetterQueue);
                    }
                }

                Save();
            }
        }
    }
}
