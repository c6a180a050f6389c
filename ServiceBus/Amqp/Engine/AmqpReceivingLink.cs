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
            if (!IsAttached || _credit == 0)
            {
                return Task.CompletedTask;
            }

            _drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            RequestFlow();
            return _drained.Task;
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
        }
        else if (_partial is null && !transfer.HasMore)
        {
            Deliver(new AmqpDelivery
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
            if (!transfer.HasMore)
            {
                var whole = _partial;
                _partial = null;
                Deliver(whole.ToDelivery());
            }
        }
    }

    /// <summary>Whether the frame begins a delivery. On the reader.</summary>
    internal bool IsBetweenDeliveries => _partial is null;

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

    private void Deliver(in AmqpDelivery delivery)
    {
        Events.OnDelivery(this, delivery);

        // A drain ends only after what came last has been handed over.
        if (_drained is not null)
        {
            lock (Connection.Gate)
            {
                CheckDrained();
            }
        }
    }

    private void CheckDrained()
    {
        if (_credit == 0 && _partial is null && _drained is { } drained)
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
