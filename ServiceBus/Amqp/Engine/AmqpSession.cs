namespace DataExport.ServiceBus.Amqp;

/// <summary>
/// A session: numbers transfers, keeps the windows of both sides, owns links. The connection's lock guards it.
/// </summary>
internal sealed partial class AmqpSession
{
    private const uint OutgoingWindow = int.MaxValue;
    private readonly uint _incomingWindowMax;
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<AmqpReceivingLink> _pendingFlows = [];
    private uint _nextOutgoingId;
    private uint _nextIncomingId;
    private uint _incomingWindow;
    private uint _remoteWindow;
    private bool _isPending;
    private bool _isFlowPending;
    private bool _hasSentEnd;

    public AmqpSession(AmqpConnection connection, ushort channel, uint incomingWindow)
    {
        Connection = connection;
        Channel = channel;
        _incomingWindowMax = incomingWindow;
        _incomingWindow = incomingWindow;
    }

    public AmqpConnection Connection { get; }

    /// <summary>This side's channel.</summary>
    public ushort Channel { get; }

    /// <summary>Whether frames may still be written. Lock held.</summary>
    internal bool CanWrite => !_hasSentEnd && Connection.CanWrite;

    internal ushort? RemoteChannel { get; private set; }

    internal Task Begun => _begun.Task;

    /// <summary>Ends the session and its links.</summary>
    public void End(AmqpError? error = null)
    {
        lock (Connection.Gate)
        {
            SendEnd(error);
        }

        EndLinks(error);
    }

    /// <summary>Lock held.</summary>
    internal void SendBegin(ushort? remoteChannel)
    {
        var mark = BeginFrame();
        new AmqpBegin
        {
            RemoteChannel = remoteChannel,
            NextOutgoingId = _nextOutgoingId,
            IncomingWindow = _incomingWindow,
            OutgoingWindow = OutgoingWindow,
            HandleMax = Connection.HandleMax,
        }.Write(Connection.Output.Buffer);
        EndFrame(mark);
    }

    /// <summary>Lock held.</summary>
    internal void SendEnd(AmqpError? error)
    {
        if (CanWrite)
        {
            var mark = BeginFrame();
            AmqpEnding.WriteEnd(Connection.Output.Buffer, AmqpDescriptor.End, error);
            EndFrame(mark);
            _hasSentEnd = true;
        }
    }

    /// <summary>The peer's begin. Lock held.</summary>
    internal void OnBegin(in AmqpBegin begin, ushort remoteChannel)
    {
        RemoteChannel = remoteChannel;
        _nextIncomingId = begin.NextOutgoingId;
        _remoteWindow = begin.IncomingWindow;
        _begun.TrySetResult();
    }

    /// <summary>The peer's flow. On the reader, without the lock.</summary>
    internal void OnFlow(in AmqpFlow flow)
    {
        AmqpSendingLink? sendable = null;
        bool wasClosed;
        lock (Connection.Gate)
        {
            wasClosed = _remoteWindow == 0 || _isBlocked;
            var underWay = unchecked(_nextOutgoingId - flow.NextIncomingId.GetValueOrDefault());
            _remoteWindow = underWay < flow.IncomingWindow ? flow.IncomingWindow - underWay : 0;
            _isBlocked = false;
            if (flow.Handle is { } handle)
            {
                var link = FindRemote(handle);
                sendable = link is not null && link.OnFlow(flow) ? link as AmqpSendingLink : null;
                if (_held.TryGetValue(handle, out var held))
                {
                    held.HeldFlow = flow;
                }
            }
            else if (flow.Echo)
            {
                RequestSessionFlow();
            }
        }

        sendable?.Events.OnSendable(sendable);
        if (wasClosed)
        {
            NotifySendable();
        }
    }

    /// <summary>Takes <paramref name="frames"/> from the peer's window if it has as many. Lock held.</summary>
    internal bool TryTakeWindow(int frames)
    {
        if (_remoteWindow < frames)
        {
            _isBlocked = true;
            return false;
        }

        _remoteWindow -= (uint)frames;
        _nextOutgoingId += (uint)frames;
        return true;
    }

    /// <summary>Writes what waited for this write. Lock held.</summary>
    internal void Gather()
    {
        _isPending = false;
        if (!CanWrite)
        {
            return;
        }

        WriteOutcomes();
        foreach (var link in _pendingFlows)
        {
            link.WritePendingFlow();
            _isFlowPending = false;
        }

        _pendingFlows.Clear();
        if (_isFlowPending)
        {
            _isFlowPending = false;
            WriteFlow(new AmqpFlow());
        }
    }

    /// <summary>Lock held.</summary>
    internal void AddPendingFlow(AmqpReceivingLink link)
    {
        _pendingFlows.Add(link);
        RequestGather();
    }

    /// <summary>Lock held.</summary>
    internal void WriteLinkFlow(AmqpLink link, uint deliveryCount, uint credit, bool drain)
    {
        WriteFlow(new AmqpFlow
        {
            Handle = link.Handle,
            DeliveryCount = deliveryCount,
            LinkCredit = credit,
            Drain = drain,
        });
        Connection.Output.RequestFlush();
    }

    /// <summary>Lock held.</summary>
    internal int BeginFrame() => Connection.Output.Buffer.BeginFrame(AmqpFrame.AmqpType, Channel);

    /// <summary>Lock held.</summary>
    internal void EndFrame(int mark)
    {
        Connection.Output.Buffer.EndFrame(mark);
        Connection.Output.RequestFlush();
    }

    /// <summary>Tells links that were turned away that there is room again. Without the lock.</summary>
    internal void NotifySendable()
    {
        foreach (var link in LinksNow())
        {
            if (link is AmqpSendingLink { IsAttached: true } sending && sending.Credit > 0)
            {
                sending.Events.OnSendable(sending);
            }
        }
    }

    private void RequestSessionFlow()
    {
        _isFlowPending = true;
        RequestGather();
    }

    private void RequestGather()
    {
        if (!_isPending)
        {
            _isPending = true;
            Connection.AddPending(this);
        }
    }

    private void WriteFlow(AmqpFlow flow)
    {
        var mark = BeginFrame();
        (flow with
        {
            NextIncomingId = _nextIncomingId,
            IncomingWindow = _incomingWindow,
            NextOutgoingId = _nextOutgoingId,
            OutgoingWindow = OutgoingWindow,
        }).Write(Connection.Output.Buffer);
        Connection.Output.Buffer.EndFrame(mark);
    }
}
