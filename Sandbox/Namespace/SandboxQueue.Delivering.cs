namespace DataExport.Sandbox;

internal sealed partial class SandboxQueue : IThreadPoolWorkItem
{
    /// <summary>Messages handed out before the queue's lock is let go, so that enqueueing is not held up.</summary>
    private const int BurstMessages = 64;

    private readonly List<QueueConsumer> _consumers = [];
    private uint _nextConsumer;
    private readonly List<QueueConsumer> _draining = [];
    private int _isPumpRequested;
    private bool _hasHungry;

    public void AddConsumer(QueueConsumer consumer)
    {
        lock (_gate)
        {
            _consumers.Add(consumer);
        }
    }

    /// <summary>The consumer has credit and room, or wants its credit drained.</summary>
    public void OnSendable(QueueConsumer consumer)
    {
        lock (_gate)
        {
            consumer.IsHungry = true;
            _hasHungry = true;
            if (consumer.Session is { } session)
            {
                _sessions!.AddWanting(session);
            }
        }

        Pump(consumer);
    }

    void IThreadPoolWorkItem.Execute()
    {
        Volatile.Write(ref _isPumpRequested, 0);
        Pump();
    }

    private void RequestPump()
    {
        if (Volatile.Read(ref _hasHungry) && Interlocked.Exchange(ref _isPumpRequested, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <param name="asking">The consumer that may want its credit drained, or null.</param>
    private void Pump(QueueConsumer? asking = null)
    {
        bool goesOn;
        do
        {
            lock (_gate)
            {
                goesOn = _sessions is null ? PumpBurst() : PumpSessions(_sessions);
            }
        }
        while (goesOn);
        EndDrains(asking);
    }

    /// <summary>False when there is nothing more to hand out, or nobody to hand it to.</summary>
    private bool PumpBurst()
    {
        for (var count = 0; count < BurstMessages; count++)
        {
            if (FindHungry() is not { } consumer || !_ready.TryTake(out var message))
            {
                return false;
            }

            HandOut(consumer, message);
        }

        return true;
    }

    /// <summary>False when no session's holder can take anything that is there.</summary>
    private bool PumpSessions(SessionTable sessions)
    {
        for (var count = 0; count < BurstMessages; count++)
        {
            if (!sessions.TryPeekWanting(out var session))
            {
                _hasHungry = false;
                return false;
            }

            if (session.Holder is { IsHungry: true } holder && holder.MayTake()
                && session.Ready.TryTake(out var message))
            {
                HandOut(holder, message);
            }
            else
            {
                sessions.RemoveWanting();
            }
        }

        return true;
    }

    private QueueConsumer? FindHungry()
    {
        for (var tries = 0; tries < _consumers.Count; tries++)
        {
            var consumer = _consumers[(int)(_nextConsumer++ % (uint)_consumers.Count)];
            consumer.IsHungry &= consumer.MayTake();
            if (consumer.IsHungry)
            {
                return consumer;
            }
        }

        _hasHungry = false;
        return null;
    }

    private void HandOut(QueueConsumer consumer, StoredMessage message)
    {
        if (message.DueMilliseconds > 0)
        {
            UnwatchExpiry(message);
            if (message.DueMilliseconds <= NowMilliseconds())
            {
                Expire(message);
                return;
            }
        }

        if (!(consumer.DeletesOnReceive ? TryHandOver(consumer, message) : TryHandOut(consumer, message)))
        {
            consumer.IsHungry = false;
            Return(message);
        }
    }

    /// <summary>Gives a message away for good. It is gone from the disk first, or it could be given twice.</summary>
    private bool TryHandOver(QueueConsumer consumer, StoredMessage message)
    {
        if (!TryForgetOnDisk(message))
        {
            return false;
        }

        if (!consumer.TrySend(message, 0))
        {
            _log?.Put(message, IsDeadLetterQueue);
            TrySave();
            return false;
        }

        Leave(message);
        return true;
    }

    private bool TryHandOut(QueueConsumer consumer, StoredMessage message)
    {
        var lockedUntil = Lock(message);
        if (!consumer.TrySend(message, lockedUntil))
        {
            Unlock(message);
            return false;
        }

        message.Holder = consumer;
        return true;
    }

    /// <summary>Locks a message, with its session or on its own, and returns until when.</summary>
    private long Lock(StoredMessage message)
    {
        message.State = MessageState.Locked;
        if (SessionOf(message) is { } session)
        {
            // The session's lock is the message's: its own never ends by itself.
            _locks.Add(message, long.MaxValue);
            session.Locked.Add(message);
            return session.LockedUntilMilliseconds;
        }

        var lockedUntil = NowMilliseconds() + (long)_options.LockDuration.TotalMilliseconds;
        _locks.Add(message, lockedUntil);
        Arm(lockedUntil);
        return lockedUntil;
    }

    private void Unlock(StoredMessage message)
    {
        _locks.Remove(message);
        SessionOf(message)?.Locked.Remove(message);
    }

    /// <summary>Null in a queue without sessions.</summary>
    private SandboxSession? SessionOf(StoredMessage message) => _sessions?.Find(message.SessionId ?? "");

    /// <summary>
    /// Gives credit back that nothing is left for. A message that came just now still goes out for it, so whoever was
    /// not answered is looked at again after the next round.
    /// </summary>
    private void EndDrains(QueueConsumer? asking)
    {
        // Whoever was added before the last round is seen here: that round took the lock after it.
        if (asking is null && _draining.Count == 0)
        {
            return;
        }

        lock (_gate)
        {
            if (asking is { Link.IsDraining: true } && !_draining.Contains(asking))
            {
                _draining.Add(asking);
            }

            if (_draining.Count > 0)
            {
                _draining.RemoveAll(IsDrained);
            }
        }
    }

    private bool IsDrained(QueueConsumer consumer)
    {
        if (consumer.Link is not { IsDraining: true, IsAttached: true } link)
        {
            return true;
        }

        // With messages left and credit left the way is blocked: it ends when that is free again.
        var left = _sessions is null ? _ready.Count : consumer.Session?.Ready.Count ?? 0;
        if (left > 0 && link.Credit > 0)
        {
            return false;
        }

        link.EndDrain();
        return true;
    }
}
