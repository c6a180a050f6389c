namespace DataExport.ServiceBus.Amqp;

/// <summary>A link on which this side receives.</summary>
internal sealed class AmqpReceivingLink(AmqpSession session, AmqpAttach local, IAmqpReceiverEvents events)
    : AmqpLink(session, local)
{
    private uint _deliveryCount;
    private uint _credit;
    private bool _isFlowPending;
    private TaskCompletionSource? _drained;
    private AmqpPartialDelivery? _partial;

    // From the first frame of a delivery until it has been handed over. Only the reader changes it.
    private bool _isArriving;

    public IAmqpReceiverEvents Events { get; } = events;

    /// <summary>Deliveries that may still come.</summary>
    public uint Credit => Volatile.Read(ref _credit);

    private ulong BytesMax => Local.MaxMessageBytes;

    /// <summary>Allows more deliveries. The frame that says so leaves with the next write.</summary>
    public void AddCredit(uint messages)
    {
        lock (Connection.Gate)
        {
            if (IsAttached && messages > 0)
            {
                _credit += messages;
                RequestFlow();
            }
        }
    }

    /// <summary>Takes the credit back. Done when it is 0 and all that was sent for it has been delivered.</summary>
    public Task DrainAsync()
    {
        lock (Connection.Gate)
        {
            if (!IsAttached)
            {
                return Task.CompletedTask;
            }

            var drained = _drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_credit > 0)
            {
                RequestFlow();
            }

            // The reader ends a delivery without the lock and looks for a drain then: one of both sees the other.
            Interlocked.MemoryBarrier();
            CheckDrained();
            return drained.Task;
        }
    }

    /// <summary>Settles at once, without the sender's word: the answer to a peer that sends.</summary>
    public void Settle(uint deliveryId, AmqpOutcome outcome)
    {
        lock (Connection.Gate)
        {
            Session.WriteOutcome(AmqpSession.SettlingRole.ReceiverSettled, deliveryId, outcome);
        }
    }

    /// <summary>Asks the sender to settle; <paramref name="settlement"/> hears its word. False if the link is gone,
    /// or if the delivery is being settled already.</summary>
    public bool TrySettle(uint deliveryId, AmqpOutcome outcome, IAmqpSettlement settlement)
    {
        lock (Connection.Gate)
        {
            if (!IsAttached || !Session.CanWrite || !Session.TryAddSettling(this, deliveryId, settlement))
            {
                return false;
            }

            Session.WriteOutcome(AmqpSession.SettlingRole.ReceiverUnsettled, deliveryId, outcome);
            return true;
        }
    }

    /// <summary>Takes those who wait for an answer and are to wait no longer.</summary>
    public IReadOnlyList<IAmqpSettlement> TakeSettling(Predicate<IAmqpSettlement> isTaken) =>
        Session.TakeSettling(this, isTaken);

    /// <inheritdoc/>
    internal override void AcceptRemote(AmqpAttach remote)
    {
        _deliveryCount = remote.InitialDeliveryCount;
        base.AcceptRemote(remote);
    }

    /// <inheritdoc/>
    internal override bool OnFlow(in AmqpFlow flow)
    {
        if (flow.DeliveryCount is { } deliveryCount)
        {
            // The sender has given credit back: it counts what it will not send as if it were sent.
            var givenUp = unchecked(deliveryCount - _deliveryCount);
            if (givenUp <= _credit)
            {
                _credit -= givenUp;
                _deliveryCount = deliveryCount;
            }
        }

        CheckDrained();
        if (flow.Echo)
        {
            RequestFlow();
        }

        return false;
    }

    /// <summary>Counts a delivery that begins. Lock held.</summary>
    internal void TakeCredit()
    {
        if (_credit == 0)
        {
            throw new AmqpProtocolException(AmqpCondition.TransferLimitExceeded, "A transfer came without credit.");
        }

        _credit--;
        _deliveryCount++;
        _isArriving = true;
    }

    /// <summary>Writes the flow that waited for the next write. Lock held.</summary>
    internal void WritePendingFlow()
    {
        _isFlowPending = false;
        if (IsAttached)
        {
            Session.WriteLinkFlow(this, _deliveryCount, _credit, _drained is not null);
        }
    }

    /// <summary>One frame of a delivery. On the reader, without the lock.</summary>
    internal void OnTransfer(in AmqpTransfer transfer, ReadOnlySpan<byte> payload)
    {
        if (transfer.IsAborted)
        {
            _partial = null;
            GiveBackCredit();
        }
        else if (_partial is null && !transfer.HasMore)
        {
            Events.OnDelivery(this, new AmqpDelivery
            {
                DeliveryId = transfer.DeliveryId.GetValueOrDefault(),
                Tag = transfer.Tag,
                MessageFormat = transfer.MessageFormat,
                IsSettled = transfer.IsSettled,
                Payload = payload,
            });
        }
        else
        {
            _partial ??= new AmqpPartialDelivery(transfer, BytesMax);
            _partial.Add(transfer, payload);
            if (transfer.HasMore)
            {
                return;
            }

            var whole = _partial;
            _partial = null;
            Events.OnDelivery(this, whole.ToDelivery());
        }

        EndDelivery();
    }

    /// <summary>Whether the frame begins a delivery. On the reader.</summary>
    internal bool IsBetweenDeliveries => !_isArriving;

    /// <inheritdoc/>
    internal override void OnEnded(AmqpError? error)
    {
        base.OnEnded(error);
        _drained?.TrySetResult();
        foreach (var settlement in Session.TakeSettling(this, _ => true))
        {
            settlement.OnLost();
        }

        Events.OnDetached(this, error);
    }

    /// <summary>A drain ends only after what came last has been handed over.</summary>
    private void EndDelivery()
    {
        Interlocked.Exchange(ref _isArriving, false);
        if (_drained is not null)
        {
            lock (Connection.Gate)
            {
                CheckDrained();
            }
        }
    }

    /// <summary>Nothing came for the credit of an aborted delivery. A drain takes it back like all other.</summary>
    private void GiveBackCredit()
    {
        lock (Connection.Gate)
        {
            if (_drained is null)
            {
                AddCredit(1);
            }
        }
    }

    private void CheckDrained()
    {
        if (_credit == 0 && !_isArriving && _drained is { } drained)
        {
            _drained = null;
            drained.TrySetResult();
        }
    }

    private void RequestFlow()
    {
        if (!_isFlowPending)
        {
            _isFlowPending = true;
            Session.AddPendingFlow(this);
        }
    }
}
