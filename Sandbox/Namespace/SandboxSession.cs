namespace DataExport.Sandbox;

/// <summary>One session of a queue that requires them. The queue's lock guards it.</summary>
internal sealed class SandboxSession
{
    public SandboxSession(string id, ReadyMessages ready)
    {
        Id = id;
        Ready = ready;
        Place = new LinkedListNode<SandboxSession>(this);
    }

    public string Id { get; }

    public ReadyMessages Ready { get; }

    /// <summary>What its holder has received and not settled.</summary>
    public HashSet<StoredMessage> Locked { get; } = [];

    /// <summary>The one link that receives of it, or null.</summary>
    public QueueConsumer? Holder { get; set; }

    public long LockedUntilMilliseconds { get; set; }

    /// <summary>What receivers keep in it, or null.</summary>
    public SessionStateRecord? State { get; set; }

    /// <summary>Among the held sessions, or those that wait for a holder, or neither.</summary>
    public LinkedListNode<SandboxSession> Place { get; }

    /// <summary>It waits to be pumped.</summary>
    public bool IsWanting { get; set; }

    public bool IsEmpty => Holder is null && Ready.Count == 0 && Locked.Count == 0 && State is null;
}
