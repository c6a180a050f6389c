namespace DataExport.ServiceBus.Amqp;

/// <summary>A link on which this side sends.</summary>
internal sealed class AmqpSendingLink(AmqpSession session, AmqpAttach local, IAmqpSenderEvents events)
    : AmqpLink(session, local)
{
    // Room that a transfer's own fields may take in a frame: a tag has at most 32 bytes.
    private const int TransferBytesMax = 72;

    private uint _deliveryCount;
    private uint _credit;

    public IAmqpSenderEvents Events { get; } = events;

    /// <summary>Deliveries that the receiver still allows.</summary>
    public uint Credit => Volatile.Read(ref _credit);

    /// <summary>The receiver wants its credit used up or taken back: see <see cref="EndDrain"/>.</summary>
    public bool IsDraining { get; private set; }

    /// <summary>Sends if the receiver and the session allow it now. Never waits.</summary>
    /// <param name="outgoing">The delivery; copied before this returns.</param>
    /// <param name="state">Comes back with the outcome.</param>
    /// <param name="deliveryId">Its number, once sent.</param>
    public AmqpSendResult TrySend(in AmqpOutgoing outgoing, object? state, out uint deliveryId)
    {
        deliveryId = 0;
        lock (Connection.Gate)
        {
            if (!IsAttached || !Session.CanWrite)
            {
                return AmqpSendResult.Detached;
            }

            if (_credit == 0)
            {
                return AmqpSendResult.NoCredit;
            }

            var frameBytes = Connection.PeerFrameBytesMax - AmqpFrame.HeadBytes - TransferBytesMax;
            var frames = Math.Max(1, (outgoing.Head.Length + outgoing.Body.Length + frameBytes - 1) / frameBytes);
            if (Connection.Output.IsFull() || !Session.TryTakeWindow(frames))
            {
                return AmqpSendResult.Blocked;
            }

            _credit--;
            _deliveryCount++;
            deliveryId = Session.AddUnsettled(this, state, outgoing.IsSettled);
            Write(outgoing, deliveryId, frameBytes);
            Connection.Output.RequestFlush();
            return AmqpSendResult.Sent;
        }
    }

    /// <summary>Answers an outcome: the delivery is settled on this side too.</summary>
    public void Confirm(uint deliveryId, AmqpOutcome outcome)
    {
        lock (Connection.Gate)
        {
            Session.WriteOutcome(AmqpSession.SettlingRole.Sender, deliveryId, outcome);
        }
    }

    /// <summary>Answers one outcome for many.</summary>
    public void Confirm(ReadOnlySpan<AmqpSettled> deliveries, AmqpOutcome outcome)
    {
        lock (Connection.Gate)
        {
            foreach (var delivery in deliveries)
            {
                Session.WriteOutcome(AmqpSession.SettlingRole.Sender, delivery.DeliveryId, outcome);
            }
        }
    }

    /// <summary>Nothing more is to be sent: what credit is left goes back to the receiver.</summary>
    public void EndDrain()
    {
        lock (Connection.Gate)
        {
            if (IsDraining && IsAttached)
            {
                IsDraining = false;
                _deliveryCount += _credit;
                _credit = 0;
                Session.WriteLinkFlow(this, _deliveryCount, 0, drain: true);
            }
        }
    }

    /// <inheritdoc/>
    internal override bool OnFlow(in AmqpFlow flow)
    {
        if (flow.LinkCredit is { } granted)
        {
            // The receiver counts what it had seen when it wrote this; deliveries under way are not granted again.
            var underWay = unchecked(_deliveryCount - flow.DeliveryCount.GetValueOrDefault());
            _credit = underWay < granted ? granted - underWay : 0;
            IsDraining = flow.Drain;
        }

        if (flow.Echo)
        {
            Session.WriteLinkFlow(this, _deliveryCount, _credit, IsDraining);
        }

        return IsAttached;
    }

    /// <inheritdoc/>
    internal override void OnEnded(AmqpError? error)
    {
        base.OnEnded(error);
        Events.OnDetached(this, error, Session.TakeUnsettled(this));
    }

    private void Write(in AmqpOutgoing outgoing, uint deliveryId, int frameBytes)
    {
        var buffer = Connection.Output.Buffer;
        var head = outgoing.Head;
        var body = outgoing.Body;
        var mark = Session.BeginFrame();
        new AmqpTransfer
        {
            Handle = Handle,
            DeliveryId = deliveryId,
            Tag = outgoing.Tag,
            MessageFormat = outgoing.MessageFormat,
            IsSettled = outgoing.IsSettled,
            HasMore = head.Length + body.Length > frameBytes,
        }.WriteFirst(buffer);
        WritePayload(buffer, ref head, ref body, frameBytes);
        buffer.EndFrame(mark);
        while (head.Length + body.Length > 0)
        {
            mark = Session.BeginFrame();
            AmqpTransfer.WriteNext(buffer, Handle, head.Length + body.Length > frameBytes);
            WritePayload(buffer, ref head, ref body, frameBytes);
            buffer.EndFrame(mark);
        }
    }

    private static void WritePayload(
        AmqpBuffer buffer, ref ReadOnlySpan<byte> head, ref ReadOnlySpan<byte> body, int bytes)
    {
        var fromHead = Math.Min(bytes, head.Length);
        buffer.WriteRaw(head[..fromHead]);
        head = head[fromHead..];
        var fromBody = Math.Min(bytes - fromHead, body.Length);
        buffer.WriteRaw(body[..fromBody]);
        body = body[fromBody..];
    }
}
