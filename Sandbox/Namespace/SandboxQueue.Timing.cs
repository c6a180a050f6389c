namespace DataExport.Sandbox;

/// <summary>What happens when its time comes: locks end, messages expire, scheduled ones are enqueued.</summary>
internal sealed partial class SandboxQueue : IDisposable
{
    /// <summary>Longest that a timer can wait. One that fires early finds nothing due and is armed again.</summary>
    private static readonly TimeSpan _waitMax = TimeSpan.FromDays(1);

    private readonly TimedMessages _expiring = new();
    private readonly TimedMessages _scheduled = new();

    /// <summary>Deferred and scheduled messages by number.</summary>
    private readonly Dictionary<long, StoredMessage> _aside = [];

    private int _scheduledCount;
    private ITimer? _timer;
    private long _armedForMilliseconds = long.MaxValue;
    private bool _isDisposed;

    /// <summary>Stops the clock of the queue.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _timer?.Dispose();
        }

        if (DeadLetters is not null)
        {
            DeadLetters.Dispose();
            _log?.Dispose();
        }
    }

    private void Schedule(StoredMessage message)
    {
        _aside.Add(message.SequenceNumber, message);
        _scheduled.Add(message);
        _scheduledCount++;
        Arm(message.DueMilliseconds);
    }

    private void Unschedule(StoredMessage message)
    {
        _scheduled.Remove(message);
        _aside.Remove(message.SequenceNumber);
        _scheduledCount--;
    }

    /// <summary>
    /// Says when a message expires, from the moment it is enqueued. What lies in a dead-letter queue does not.
    /// </summary>
    private void BeginLife(StoredMessage message)
    {
        if (DeadLetters is null || (message.Extras is null && _options.DefaultTimeToLive is null))
        {
            return;
        }

        var life = Math.Min(
            message.Extras?.TimeToLiveMilliseconds ?? LifeByExpiry(message),
            (long?)_options.DefaultTimeToLive?.TotalMilliseconds ?? long.MaxValue);
        if (life < long.MaxValue - message.EnqueuedMilliseconds)
        {
            message.DueMilliseconds = message.EnqueuedMilliseconds + life;
        }
    }

    private static long LifeByExpiry(StoredMessage message) =>
        message.Extras?.ExpiresMilliseconds is { } expires
            ? Math.Max(0, expires - message.EnqueuedMilliseconds)
            : long.MaxValue;

    private void WatchExpiry(StoredMessage message)
    {
        _expiring.Add(message);
        Arm(message.DueMilliseconds);
    }

    /// <summary>It was taken out of wherever it waited: a locked message does not expire.</summary>
    private void UnwatchExpiry(StoredMessage message)
    {
        if (message.DueMilliseconds > 0)
        {
            _expiring.Remove(message);
        }
    }

    private void Arm(long dueMilliseconds)
    {
        if (dueMilliseconds >= _armedForMilliseconds || _isDisposed)
        {
            return;
        }

        _armedForMilliseconds = dueMilliseconds;
        var wait = TimeSpan.FromMilliseconds(Math.Max(1, dueMilliseconds - NowMilliseconds()));
        _timer ??= _clock.CreateTimer(
            static state => ((SandboxQueue)state!).OnTime(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(wait < _waitMax ? wait : _waitMax, Timeout.InfiniteTimeSpan);
    }

    private void OnTime()
    {
        lock (_gate)
        {
            _armedForMilliseconds = long.MaxValue;
            DoWhatIsDue();
            TrySave();
            Arm(Math.Min(
                Math.Min(_locks.First?.LockedUntilMilliseconds ?? long.MaxValue, _scheduled.NextMilliseconds),
                Math.Min(_expiring.NextMilliseconds, _sessions?.NextLockEndMilliseconds ?? long.MaxValue)));
        }

        RequestPump();
    }

    private void DoWhatIsDue()
    {
        var now = NowMilliseconds();
        while (_locks.First is { } locked && locked.LockedUntilMilliseconds <= now)
        {
            _locks.Remove(locked);
            Fail(locked);
        }

        while (_sessions?.FirstHeld is { } session && session.LockedUntilMilliseconds <= now)
        {
            EndSessionLock(session);
        }

        while (_scheduled.First is { } scheduled && scheduled.DueMilliseconds <= now)
        {
            Activate(scheduled, now);
        }

        ExpireMessages(now);
    }

    /// <summary>Enqueued as if it were sent now: under a new number.</summary>
    private void Activate(StoredMessage scheduled, long now)
    {
        Unschedule(scheduled);
        Leave(scheduled);
        var extras = scheduled.Extras! with { EnqueueSequenceNumber = scheduled.SequenceNumber };
        var message = scheduled.CopyAs(Interlocked.Increment(ref _lastSequenceNumber), now, extras);
        Prepare(message);
        _log?.Put(message, isDead: false, replaced: scheduled);
        Enter(message);
    }

    private void ExpireMessages(long now)
    {
        while (_expiring.First is { } expired && expired.DueMilliseconds <= now)
        {
            _expiring.Remove(expired);
            if (!_aside.Remove(expired.SequenceNumber))
            {
                RemoveReady(expired);
            }

            Expire(expired);
        }
    }

    private void RemoveReady(StoredMessage message)
    {
        if (_sessions is null)
        {
            _ready.Remove(message);
        }
        else if (SessionOf(message) is { } session)
        {
            session.Ready.Remove(message);
            _sessions.Sort(session);
        }
    }

    /// <summary>A message that is nowhere any more has outlived its time.</summary>
    private void Expire(StoredMessage message)
    {
        if (_options.DeadLettersExpired)
        {
            MoveToDeadLetters(
                message, Settlement.DeadLetter("TTLExpiredException", "The message expired and was dead lettered."));
        }
        else
        {
            Forget(message);
        }
    }
}
