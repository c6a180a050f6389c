namespace DataExport.ServiceBus.Amqp;

internal sealed partial class AmqpSession
{
    private readonly List<AmqpLink?> _links = [];
    private readonly Dictionary<uint, AmqpLink> _remoteHandles = [];
    private readonly Dictionary<uint, AmqpAttachRequest> _held = [];
    private bool _hasEndedLinks;
    private AmqpError? _error;

    /// <summary>Attaches a link that sends. Done when the peer has attached too.</summary>
    /// <exception cref="AmqpProtocolException">The peer refuses.</exception>
    public async Task<AmqpSendingLink> AttachSenderAsync(
        AmqpAttach attach, IAmqpSenderEvents events, CancellationToken cancellationToken)
    {
        var link = Attach(attach, local => new AmqpSendingLink(this, local, events));
        await WaitAttachedAsync(link, cancellationToken);
        return link;
    }

    /// <summary>Attaches a link that receives. Done when the peer has attached too.</summary>
    /// <exception cref="AmqpProtocolException">The peer refuses.</exception>
    public async Task<AmqpReceivingLink> AttachReceiverAsync(
        AmqpAttach attach, IAmqpReceiverEvents events, CancellationToken cancellationToken)
    {
        var link = Attach(attach, local => new AmqpReceivingLink(this, local, events));
        await WaitAttachedAsync(link, cancellationToken);
        return link;
    }

    /// <summary>The links of this session, as they are now.</summary>
    internal AmqpLink[] LinksNow()
    {
        lock (Connection.Gate)
        {
            return _links.OfType<AmqpLink>().ToArray();
        }
    }

    /// <summary>The peer's attach: the answer to ours, or its wish. On the reader, without the lock.</summary>
    internal void OnAttach(AmqpAttach remote)
    {
        AmqpLink? link;
        lock (Connection.Gate)
        {
            if (remote.Handle > Connection.HandleMax
                || _remoteHandles.ContainsKey(remote.Handle)
                || _held.ContainsKey(remote.Handle))
            {
                throw new AmqpProtocolException(AmqpCondition.HandleInUse, $"Handle {remote.Handle} cannot be used.");
            }

            link = _links.Find(candidate => candidate is { Remote: null }
                && candidate.Name == remote.Name
                && candidate.Local.IsReceiver != remote.IsReceiver);
            if (link is not null)
            {
                _remoteHandles.Add(remote.Handle, link);
                link.AcceptRemote(remote);
            }
        }

        if (link is null)
        {
            Connection.OnPeerAttach(new AmqpAttachRequest(this, remote));
        }
    }

    /// <summary>Answers the peer's attach with a link of ours. Null if the peer was held and is gone.</summary>
    internal TLink? AcceptPeer<TLink>(AmqpAttachRequest request, AmqpAttach answer, Func<AmqpAttach, TLink> create)
        where TLink : AmqpLink
    {
        TLink link;
        AmqpSendingLink? sendable;
        lock (Connection.Gate)
        {
            if (request.State == AmqpAttachState.Done)
            {
                return null;
            }

            request.State = AmqpAttachState.Done;
            _held.Remove(request.Remote.Handle);
            link = AddLink(answer, create);
            _remoteHandles.Add(request.Remote.Handle, link);
            WriteAttach(link.Local);
            link.AcceptRemote(request.Remote);
            if (answer.Source is null || answer.Target is null)
            {
                link.TryEnd();
            }

            sendable = request.HeldFlow is { } flow && link.OnFlow(flow) ? link as AmqpSendingLink : null;
        }

        sendable?.Events.OnSendable(sendable);
        return link;
    }

    /// <summary>Remembers a peer that waits for the answer to its attach. On the reader, without the lock.</summary>
    internal void Hold(AmqpAttachRequest request)
    {
        lock (Connection.Gate)
        {
            if (!_hasEndedLinks)
            {
                request.State = AmqpAttachState.Held;
                _held.Add(request.Remote.Handle, request);
                return;
            }

            request.State = AmqpAttachState.Done;
        }

        request.OnGone?.Invoke();
    }

    /// <summary>The peer's detach. On the reader, without the lock.</summary>
    internal void OnDetach(uint handle, AmqpError? error)
    {
        AmqpLink? link;
        if (TakeHeld(handle) is { } held)
        {
            // A detach is answered by one, and that wants an attach before it.
            held.Refuse(null);
            held.OnGone?.Invoke();
        }

        lock (Connection.Gate)
        {
            if (!_remoteHandles.Remove(handle, out link))
            {
                return;
            }

            link.SendDetach(null);
            _links[(int)link.Handle] = null;
        }

        EndLink(link, error);
    }

    /// <summary>Marks the link's end and tells its events, once. Without the lock.</summary>
    internal void EndLink(AmqpLink link, AmqpError? error)
    {
        lock (Connection.Gate)
        {
            if (!link.TryEnd())
            {
                return;
            }
        }

        link.OnEnded(error);
    }

    /// <summary>The session or the connection is gone. Without the lock.</summary>
    internal void EndLinks(AmqpError? error)
    {
        lock (Connection.Gate)
        {
            // A link that hears of the end may end the session in turn: the others are told the first reason.
            error = _error ??= error;
        }

        _begun.TrySetException(new AmqpProtocolException(
            error ?? new AmqpError(AmqpCondition.ConnectionForced, "The session was ended.")));
        foreach (var link in LinksNow())
        {
            EndLink(link, error);
        }

        foreach (var held in TakeAllHeld())
        {
            held.OnGone?.Invoke();
        }
    }

    private AmqpAttachRequest? TakeHeld(uint handle)
    {
        lock (Connection.Gate)
        {
            _held.Remove(handle, out var held);
            return held;
        }
    }

    /// <summary>From here on nobody who waits can be answered, and nobody else can wait.</summary>
    private AmqpAttachRequest[] TakeAllHeld()
    {
        lock (Connection.Gate)
        {
            _hasEndedLinks = true;
            AmqpAttachRequest[] taken = [.. _held.Values];
            foreach (var held in taken)
            {
                held.State = AmqpAttachState.Done;
            }

            _held.Clear();
            return taken;
        }
    }

    private AmqpLink? FindRemote(uint handle) => _remoteHandles.GetValueOrDefault(handle);

    private TLink Attach<TLink>(AmqpAttach attach, Func<AmqpAttach, TLink> create)
        where TLink : AmqpLink
    {
        lock (Connection.Gate)
        {
            if (!CanWrite)
            {
                throw new AmqpProtocolException(AmqpCondition.ConnectionForced, "The connection is closed.");
            }

            var link = AddLink(attach, create);
            WriteAttach(link.Local);
            return link;
        }
    }

    private TLink AddLink<TLink>(AmqpAttach attach, Func<AmqpAttach, TLink> create)
        where TLink : AmqpLink
    {
        var handle = _links.IndexOf(null);
        if (handle < 0)
        {
            handle = _links.Count;
            _links.Add(null);
        }

        var link = create(attach with { Handle = (uint)handle });
        _links[handle] = link;
        return link;
    }

    private void WriteAttach(AmqpAttach attach)
    {
        var mark = BeginFrame();
        attach.Write(Connection.Output.Buffer);
        EndFrame(mark);
    }

    private static async Task WaitAttachedAsync(AmqpLink link, CancellationToken cancellationToken)
    {
        try
        {
            await link.Attached.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The peer may still attach: a link that nobody holds would keep messages locked.
            link.Detach();
            throw;
        }
    }
}
