namespace DataExport.ServiceBus.Amqp;

/// <summary>One end of a link. Its state is guarded by the connection's lock.</summary>
internal abstract class AmqpLink(AmqpSession session, AmqpAttach local)
{
    private readonly TaskCompletionSource _attached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public AmqpSession Session { get; } = session;

    /// <summary>What this side says in its attach; the handle is this side's.</summary>
    public AmqpAttach Local { get; } = local;

    /// <summary>What the peer says in its attach, once it has come.</summary>
    public AmqpAttach? Remote { get; private set; }

    public string Name => Local.Name;

    public uint Handle => Local.Handle;

    /// <summary>Both sides have attached, and none has detached.</summary>
    public bool IsAttached { get; private set; }

    /// <summary>Done when the peer has attached; fails with the peer's error when it refuses.</summary>
    public Task Attached => _attached.Task;

    internal bool HasSentDetach { get; private set; }

    internal bool HasEnded { get; private set; }

    /// <summary>The largest message that the peer takes; 0 for no limit.</summary>
    public ulong PeerMessageBytesMax => Remote?.MaxMessageBytes ?? 0;

    protected AmqpConnection Connection => Session.Connection;

    /// <summary>Detaches. The link's events tell the end as they would if the peer had detached.</summary>
    public void Detach(AmqpError? error = null)
    {
        lock (Connection.Gate)
        {
            SendDetach(error);
        }

        Session.EndLink(this, error);
    }

    /// <summary>The peer's attach has come. Lock held.</summary>
    internal virtual void AcceptRemote(AmqpAttach remote)
    {
        Remote = remote;

        // A peer refuses by leaving its own end out. Of our end it need not repeat what we said.
        var peerEnd = Local.IsReceiver ? remote.Source : remote.Target;
        if (peerEnd is not null)
        {
            IsAttached = !HasEnded;
            _attached.TrySetResult();
        }
    }

    /// <summary>Lock held.</summary>
    internal void SendDetach(AmqpError? error)
    {
        IsAttached = false;
        if (!HasSentDetach && Session.CanWrite)
        {
            HasSentDetach = true;
            var mark = Session.BeginFrame();
            AmqpEnding.WriteDetach(Connection.Output.Buffer, Handle, error);
            Session.EndFrame(mark);
        }
    }

    /// <summary>Marks the end; false if it was marked before. Lock held.</summary>
    internal bool TryEnd()
    {
        IsAttached = false;
        if (HasEnded)
        {
            return false;
        }

        HasEnded = true;
        return true;
    }

    /// <summary>The peer's flow for this link. Lock held; true if the events are to be told afterwards.</summary>
    internal abstract bool OnFlow(in AmqpFlow flow);

    /// <summary>Tells the link's events of the end. Without the lock.</summary>
    internal virtual void OnEnded(AmqpError? error) => _attached.TrySetException(new AmqpProtocolException(
        error ?? new AmqpError(AmqpCondition.DetachForced, "The link was detached.")));
}
