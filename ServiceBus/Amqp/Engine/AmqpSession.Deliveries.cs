using System.Runtime.InteropServices;

namespace DataExport.ServiceBus.Amqp;

internal sealed partial class AmqpSession
{
    /// <summary>Ranges up to this are walked id by id, known or not.</summary>
    private const int RangeWalkedMax = 64;

    private readonly Dictionary<uint, (AmqpSendingLink Link, object? State)> _unsettled = [];
    private readonly Dictionary<uint, (AmqpReceivingLink Link, IAmqpSettlement Settlement)> _settling = [];

    // Only the reader uses these, so one disposition after the other can share them. A run ends before its End.
    private readonly List<AmqpSettled> _settledNow = [];
    private readonly List<(AmqpSendingLink Link, int End)> _settledRuns = [];
    private readonly List<IAmqpSettlement> _answeredNow = [];

    private readonly AmqpRanges[] _accepted =
    [
        new(isReceiver: false, isSettled: true),
        new(isReceiver: true, isSettled: true),
        new(isReceiver: true, isSettled: false),
    ];

    private static readonly AmqpOutcome UnknownDelivery = AmqpOutcome.Rejected(
        new AmqpError(AmqpCondition.NotFound, "The delivery is not known, or is settled already."));

    private uint _nextDeliveryId;
    private bool _isBlocked;

    /// <summary>Who settles, and whether an answer is awaited. Numbers are places in the table of ranges.</summary>
    internal enum SettlingRole
    {
        Sender = 0,
        ReceiverSettled = 1,
        ReceiverUnsettled = 2,
    }

    /// <summary>Numbers a delivery of ours and remembers it until it is settled. Lock held.</summary>
    internal uint AddUnsettled(AmqpSendingLink link, object? state, bool isSettled)
    {
        var deliveryId = _nextDeliveryId++;
        if (!isSettled)
        {
            _unsettled[deliveryId] = (link, state);
        }

        return deliveryId;
    }

    /// <summary>False when the delivery is being settled already. Lock held.</summary>
    internal bool TryAddSettling(AmqpReceivingLink link, uint deliveryId, IAmqpSettlement settlement) =>
        _settling.TryAdd(deliveryId, (link, settlement));

    /// <summary>What has no outcome yet on a link that has ended.</summary>
    internal IReadOnlyList<AmqpSettled> TakeUnsettled(AmqpSendingLink link)
    {
        lock (Connection.Gate)
        {
            var taken = new List<AmqpSettled>();
            foreach (var (deliveryId, (owner, state)) in _unsettled)
            {
                if (owner == link)
                {
                    taken.Add(new AmqpSettled(deliveryId, state));
                    _unsettled.Remove(deliveryId);
                }
            }

            return taken;
        }
    }

    /// <summary>Takes those who wait for an answer on a link and are to wait no longer.</summary>
    internal IReadOnlyList<IAmqpSettlement> TakeSettling(AmqpReceivingLink link, Predicate<IAmqpSettlement> isTaken)
    {
        lock (Connection.Gate)
        {
            var taken = new List<IAmqpSettlement>();
            foreach (var (deliveryId, (owner, settlement)) in _settling)
            {
                if (owner == link && isTaken(settlement))
                {
                    taken.Add(settlement);
                    _settling.Remove(deliveryId);
                }
            }

            return taken;
        }
    }

    /// <summary>Tells an outcome. Acceptances wait for the next write, to be told as ranges. Lock held.</summary>
    internal void WriteOutcome(SettlingRole role, uint deliveryId, AmqpOutcome outcome)
    {
        if (!CanWrite)
        {
            return;
        }

        if (outcome.Kind == AmqpOutcomeKind.Accepted)
        {
            _accepted[(int)role].Add(deliveryId);
            RequestGather();
            return;
        }

        var mark = BeginFrame();
        new AmqpDisposition
        {
            IsReceiver = role != SettlingRole.Sender,
            First = deliveryId,
            Last = deliveryId,
            IsSettled = role != SettlingRole.ReceiverUnsettled,
            Outcome = outcome,
        }.Write(Connection.Output.Buffer);
        EndFrame(mark);
    }

    /// <summary>One frame of a delivery. On the reader, without the lock.</summary>
    internal void OnTransfer(in AmqpTransfer transfer, ReadOnlySpan<byte> payload)
    {
        AmqpReceivingLink link;
        lock (Connection.Gate)
        {
            TakeIncomingWindow();
            link = FindRemote(transfer.Handle) switch
            {
                AmqpReceivingLink receiving => receiving,
                _ => throw new AmqpProtocolException(AmqpCondition.UnattachedHandle, "Transfer on an unknown handle."),
            };
            if (!link.IsAttached)
            {
                // It was under way when this side detached.
                return;
            }

            if (link.IsBetweenDeliveries)
            {
                link.TakeCredit();
            }
        }

        link.OnTransfer(transfer, payload);
    }

    /// <summary>The peer's disposition. On the reader, without the lock.</summary>
    internal void OnDisposition(in AmqpDisposition disposition)
    {
        if (unchecked(disposition.Last - disposition.First) > int.MaxValue)
        {
            throw new AmqpProtocolException(AmqpCondition.InvalidField, "Disposition's range is reversed.");
        }

        if (disposition.IsReceiver)
        {
            OnReceiverDisposition(disposition);
        }
        else
        {
            OnSenderDisposition(disposition);
        }
    }

    private void OnReceiverDisposition(in AmqpDisposition disposition)
    {
        if (disposition.Outcome.Kind is AmqpOutcomeKind.None or AmqpOutcomeKind.Received && !disposition.IsSettled)
        {
            return;
        }

        lock (Connection.Gate)
        {
            foreach (var deliveryId in Ids(disposition, _unsettled))
            {
                if (_unsettled.Remove(deliveryId, out var unsettled))
                {
                    AddSettledNow(unsettled.Link, new AmqpSettled(deliveryId, unsettled.State));
                }
                else if (!disposition.IsSettled)
                {
                    // The receiver waits for a word on it.
                    WriteOutcome(SettlingRole.Sender, deliveryId, UnknownDelivery);
                }
            }
        }

        var start = 0;
        foreach (var (link, end) in _settledRuns)
        {
            var settled = CollectionsMarshal.AsSpan(_settledNow)[start..end];
            link.Events.OnSettled(link, settled, disposition.Outcome, disposition.IsSettled);
            start = end;
        }

        _settledNow.Clear();
        _settledRuns.Clear();
    }

    private void AddSettledNow(AmqpSendingLink link, AmqpSettled settled)
    {
        _settledNow.Add(settled);
        if (_settledRuns.Count == 0 || _settledRuns[^1].Link != link)
        {
            _settledRuns.Add((link, _settledNow.Count));
        }
        else
        {
            _settledRuns[^1] = (link, _settledNow.Count);
        }
    }

    private void OnSenderDisposition(in AmqpDisposition disposition)
    {
        if (!disposition.IsSettled)
        {
            return;
        }

        lock (Connection.Gate)
        {
            foreach (var deliveryId in Ids(disposition, _settling))
            {
                if (_settling.Remove(deliveryId, out var settling))
                {
                    _answeredNow.Add(settling.Settlement);
                }
            }
        }

        foreach (var settlement in _answeredNow)
        {
            settlement.OnOutcome(disposition.Outcome);
        }

        _answeredNow.Clear();
    }

    /// <summary>
    /// The ids of a range that may be known. A range can name four billion deliveries: then what is known is walked.
    /// </summary>
    private IEnumerable<uint> Ids<TValue>(AmqpDisposition range, Dictionary<uint, TValue> known)
    {
        var count = unchecked(range.Last - range.First) + 1;
        if (count <= Math.Max(known.Count, RangeWalkedMax))
        {
            for (uint index = 0; index < count; index++)
            {
                yield return unchecked(range.First + index);
            }

            yield break;
        }

        uint[] ids;
        lock (Connection.Gate)
        {
            ids = [.. known.Keys];
        }

        foreach (var id in ids)
        {
            if (unchecked(id - range.First) < count)
            {
                yield return id;
            }
        }
    }

    private void TakeIncomingWindow()
    {
        if (_incomingWindow == 0)
        {
            throw new AmqpProtocolException(AmqpCondition.WindowViolation, "A transfer came without window.");
        }

        _nextIncomingId++;
        _incomingWindow--;
        if (_incomingWindow < _incomingWindowMax / 2)
        {
            _incomingWindow = _incomingWindowMax;
            RequestSessionFlow();
        }
    }

    private void WriteOutcomes()
    {
        foreach (var ranges in _accepted)
        {
            if (!ranges.IsEmpty)
            {
                ranges.WriteAccepted(Connection.Output.Buffer, Channel);
            }
        }
    }
}
