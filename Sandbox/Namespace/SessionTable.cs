using System.Diagnostics.CodeAnalysis;

namespace DataExport.Sandbox;

/// <summary>
/// The sessions of a queue: by id, those that wait for a holder in the order in which they began to, and those that are
/// held in the order in which their locks end (all last equally long). The queue's lock guards it.
/// </summary>
internal sealed class SessionTable(Func<ReadyMessages> createReady)
{
    private readonly Dictionary<string, SandboxSession> _byId = new(StringComparer.Ordinal);
    private readonly LinkedList<SandboxSession> _available = new();
    private readonly LinkedList<SandboxSession> _held = new();
    private readonly Queue<SandboxSession> _wanting = new();

    public int Count => _byId.Count;

    public IEnumerable<SandboxSession> Sessions => _byId.Values;

    /// <summary>When the next session's lock ends.</summary>
    public long NextLockEndMilliseconds => FirstHeld?.LockedUntilMilliseconds ?? long.MaxValue;

    public SandboxSession? FirstHeld => _held.First?.Value;

    public SandboxSession? Find(string? id) => id is null ? null : _byId.GetValueOrDefault(id);

    public SandboxSession GetOrAdd(string id)
    {
        if (!_byId.TryGetValue(id, out var session))
        {
            session = new SandboxSession(id, createReady());
            _byId.Add(id, session);
        }

        return session;
    }

    /// <summary>A session that has messages and no holder, the one that has waited longest.</summary>
    public SandboxSession? FirstAvailable => _available.First?.Value;

    public void Hold(SandboxSession session, QueueConsumer holder, long lockedUntilMilliseconds)
    {
        session.Place.List?.Remove(session.Place);
        session.Holder = holder;
        session.LockedUntilMilliseconds = lockedUntilMilliseconds;
        _held.AddLast(session.Place);
    }

    public void Renew(SandboxSession session, long lockedUntilMilliseconds)
    {
        _held.Remove(session.Place);
        session.LockedUntilMilliseconds = lockedUntilMilliseconds;
        _held.AddLast(session.Place);
    }

    /// <summary>Has no holder from here on.</summary>
    public void Release(SandboxSession session)
    {
        _held.Remove(session.Place);
        session.Holder = null;
    }

    /// <summary>Lists it for those who want any session, or forgets it when there is nothing in it.</summary>
    public void Sort(SandboxSession session)
    {
        if (session.Holder is not null)
        {
            return;
        }

        if (session.Ready.Count > 0 && session.Place.List is null)
        {
            _available.AddLast(session.Place);
        }
        else if (session.Ready.Count == 0 && session.Place.List is not null)
        {
            _available.Remove(session.Place);
        }

        if (session.IsEmpty)
        {
            _byId.Remove(session.Id);
        }
    }

    /// <summary>Its holder may take more.</summary>
    public void AddWanting(SandboxSession session)
    {
        if (!session.IsWanting)
        {
            session.IsWanting = true;
            _wanting.Enqueue(session);
        }
    }

    public bool TryPeekWanting([MaybeNullWhen(false)] out SandboxSession session) => _wanting.TryPeek(out session);

    public void RemoveWanting() => _wanting.Dequeue().IsWanting = false;
}
