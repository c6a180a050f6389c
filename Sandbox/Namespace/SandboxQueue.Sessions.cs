using DataExport.ServiceBus.Amqp;

namespace DataExport.Sandbox;

/// <summary>Who receives of which session.</summary>
internal sealed partial class SandboxQueue
{
    private static readonly TimeSpan _acceptWaitMax = TimeSpan.FromMinutes(5);

    private static readonly AmqpError _acceptTimedOut = new(
        AmqpCondition.Timeout,
        "The operation did not complete within the allotted timeout: no session has messages and no receiver.");

    private static readonly AmqpError _sessionLockLost = new(
        AmqpCondition.SessionLockLost, "The session lock has expired on the session.");

    private readonly SessionTable? _sessions;
    private readonly LinkedList<SessionWaiter> _waiters = new();

    public bool RequiresSessions => _sessions is not null;

    /// <summary>Gives the peer the session of that name, or refuses it.</summary>
    public void AcceptSession(AmqpAttachRequest request, string id)
    {
        lock (_gate)
        {
            var sessions = _sessions!;
            var session = sessions.Find(id);
            if (session?.Holder is not null)
            {
                request.Refuse(new AmqpError(
                    AmqpCondition.SessionCannotBeLocked,
                    $"The requested session '{id}' cannot be accepted. It is locked by another receiver."));
            }
            else if (id.Length > SessionIdLengthMax || (session is null && sessions.Count >= _options.SessionsMax))
            {
                request.Refuse(new AmqpError(
                    AmqpCondition.ResourceLimitExceeded, $"Queue {Name} has no room for the session."));
            }
            else
            {
                TryGive(sessions.GetOrAdd(id), request);
            }
        }
    }

    /// <summary>Gives the peer a session that has messages, as soon as there is one that nobody receives.</summary>
    public void AcceptNextSession(AmqpAttachRequest request, TimeSpan wait)
    {
        lock (_gate)
        {
            if (_sessions!.FirstAvailable is { } session)
            {
                TryGive(session, request);
            }
            else if (_waiters.Count >= _options.SessionWaitersMax)
            {
                request.Refuse(new AmqpError(AmqpCondition.ServerBusy, "Too many receivers wait for a session."));
            }
            else
            {
                Wait(request, wait < _acceptWaitMax ? wait : _acceptWaitMax);
            }
        }
    }

    /// <summary>Renews a session's lock and returns its new end, or null when nobody holds it.</summary>
    public long? RenewSession(string id)
    {
        lock (_gate)
        {
            if (FindHeldSession(id) is not { } session)
            {
                return null;
            }

            _sessions!.Renew(session, NowMilliseconds() + (long)_options.LockDuration.TotalMilliseconds);
            return session.LockedUntilMilliseconds;
        }
    }

    /// <summary>Sets a session's state; null takes it away. False when nobody holds the session.</summary>
    public bool SetSessionState(string id, ReadOnlyMemory<byte>? state)
    {
        lock (_gate)
        {
            if (FindHeldSession(id) is not { } session)
            {
                return false;
            }

            session.State = state is { } bytes ? new SessionStateRecord(bytes, NowMilliseconds()) : null;
            _log?.SetState(id, session.State);
            Save();
            return true;
        }
    }

    /// <summary>Reads a session's state. False when nobody holds the session.</summary>
    public bool TryGetSessionState(string id, out ReadOnlyMemory<byte>? state)
    {
        lock (_gate)
        {
            var session = FindHeldSession(id);
            state = session?.State?.State;
            return session is not null;
        }
    }

    /// <summary>Largest state that a session takes, bytes.</summary>
    public int SessionStateBytesMax => _options.SessionStateBytesMax;

    /// <summary>
    /// Ids, sorted: of sessions whose state was set after that time, or, for the end of time, of those with messages.
    /// </summary>
    public string[] ListSessions(DateTimeOffset stateSetAfter, int skip, int top)
    {
        var wantsMessages = stateSetAfter.Year >= DateTime.MaxValue.Year;
        var after = stateSetAfter.ToUnixTimeMilliseconds();
        lock (_gate)
        {
            return (_sessions?.Sessions ?? [])
                .Where(session => wantsMessages
                    ? session.Ready.Count + session.Locked.Count > 0
                    : session.State?.SetMilliseconds > after)
                .Select(session => session.Id)
                .Order(StringComparer.Ordinal)
                .Skip(Math.Max(0, skip))
                .Take(Math.Max(0, top))
                .ToArray();
        }
    }

    private SandboxSession? FindHeldSession(string? id) =>
        _sessions?.Find(id) is { Holder: not null } session && session.LockedUntilMilliseconds > NowMilliseconds()
            ? session
            : null;

    private bool TryGive(SandboxSession session, AmqpAttachRequest request)
    {
        const string lockedUntil = "com.microsoft:locked-until-utc";
        var sessions = _sessions!;
        var consumer = new QueueConsumer(this, request.WantsSettled, session);
        var end = _clock.GetUtcNow() + _options.LockDuration;
        sessions.Hold(session, consumer, end.ToUnixTimeMilliseconds());
        var link = request.TryAcceptReceiver(
            consumer,
            AmqpTerminus.FilteredSource(request.Remote.Source?.Address, NamespaceNodes.SessionFilter, session.Id),
            new Dictionary<string, object?> { [lockedUntil] = end.UtcTicks });
        if (link is null)
        {
            sessions.Release(session);
            sessions.Sort(session);
            return false;
        }

        consumer.Attach(link);
        Arm(session.LockedUntilMilliseconds);
        return true;
    }

    private void Wait(AmqpAttachRequest request, TimeSpan wait)
    {
        var waiter = new SessionWaiter(request);
        var place = _waiters.AddLast(waiter);
        waiter.Timeout = _clock.CreateTimer(
            _ => EndWait(place, _acceptTimedOut), null, wait, Timeout.InfiniteTimeSpan);
        request.Hold(() => EndWait(place, null));
    }

    private void EndWait(LinkedListNode<SessionWaiter> place, AmqpError? error)
    {
        lock (_gate)
        {
            if (place.List is null)
            {
                return;
            }

            _waiters.Remove(place);
        }

        place.Value.Dispose();
        if (error is not null)
        {
            place.Value.Request.Refuse(error);
        }
    }

    /// <summary>A session has a message to hand out: to its holder, or to the first who waits for any.</summary>
    private void OnSessionReady(SandboxSession session)
    {
        if (session.Holder is not null)
        {
            _sessions!.AddWanting(session);
            _hasHungry = true;
            return;
        }

        while (_waiters.First is { } first)
        {
            _waiters.RemoveFirst();
            first.Value.Dispose();
            if (TryGive(session, first.Value.Request))
            {
                return;
            }
        }

        _sessions!.Sort(session);
    }

    private void EndSessionLock(SandboxSession session)
    {
        var holder = session.Holder;
        LetGo(session, fails: true);
        holder?.Link?.Detach(_sessionLockLost);
    }

    /// <summary>
    /// The session's receiver is gone, or has lost it. What it has not settled comes again; it has failed if the lock
    /// ran out, and not if the receiver left.
    /// </summary>
    private void LetGo(SandboxSession session, bool fails)
    {
        // Whoever comes next is let in when all of it is back: what came first goes out first.
        StoredMessage[] locked = [.. session.Locked.OrderBy(message => message.SequenceNumber)];
        foreach (var message in locked)
        {
            Unlock(message);
            if (fails)
            {
                Fail(message);
            }
            else
            {
                Return(message);
            }
        }

        _sessions!.Release(session);
        if (session.Ready.Count > 0)
        {
            OnSessionReady(session);
        }
        else
        {
            _sessions.Sort(session);
        }
    }
}
