using DataExport.ServiceBus;
using DataExport.ServiceBus.Amqp;

namespace DataExport.Sandbox;

internal sealed partial class SandboxQueue
{
    /// <summary>
    /// A receiver has given one outcome to many. Returns those whose locks were lost; null when none was.
    /// </summary>
    /// <exception cref="ServiceBusException">The disk did not take it: it may come to nothing.</exception>
    public HashSet<uint>? Settle(
        QueueConsumer consumer, ReadOnlySpan<AmqpSettled> deliveries, in Settlement settlement)
    {
        HashSet<uint>? lost = null;
        lock (_gate)
        {
            foreach (var delivery in deliveries)
            {
                if (!TrySettle(consumer, delivery, settlement))
                {
                    (lost ??= []).Add(delivery.DeliveryId);
                }
            }

            Save();
        }

        if (settlement.Kind != SettlementKind.Complete)
        {
            RequestPump();
        }

        return lost;
    }

    /// <summary>
    /// Settles by lock token, whichever way the messages came: all of them or, where one lock is lost, none.
    /// </summary>
    public bool Settle(ReadOnlySpan<Guid> lockTokens, in Settlement settlement)
    {
        lock (_gate)
        {
            if (FindHeld(lockTokens) is not { } messages)
            {
                return false;
            }

            foreach (var message in messages)
            {
                Apply(message, settlement);
            }

            Save();
        }

        RequestPump();
        return true;
    }

    /// <summary>
    /// Renews locks and returns their new ends, all of them or, where one is lost, null. In a queue of sessions the
    /// messages have none of their own.
    /// </summary>
    public long[]? Renew(ReadOnlySpan<Guid> lockTokens)
    {
        lock (_gate)
        {
            if (_sessions is not null || FindHeld(lockTokens) is not { } messages)
            {
                return null;
            }

            var lockedUntil = NowMilliseconds() + (long)_options.LockDuration.TotalMilliseconds;
            foreach (var message in messages)
            {
                _locks.Renew(message, lockedUntil);
            }

            var ends = new long[lockTokens.Length];
            Array.Fill(ends, lockedUntil);
            return ends;
        }
    }

    /// <summary>A link is gone with these unsettled. Their locks go on, unless the queue says otherwise.</summary>
    public void OnLinkLost(QueueConsumer consumer, IReadOnlyList<AmqpSettled> unsettled)
    {
        lock (_gate)
        {
            if (consumer.Session is { } session)
            {
                if (session.Holder == consumer)
                {
                    LetGo(session, fails: false);
                }
            }
            else
            {
                _consumers.Remove(consumer);
                if (!_options.LocksOutliveLinks)
                {
                    foreach (var delivery in unsettled)
                    {
                        TrySettle(consumer, delivery, Settlement.Abandon);
                    }
                }
            }

            TrySave();
        }

        RequestPump();
    }

    private bool TrySettle(QueueConsumer consumer, AmqpSettled delivery, in Settlement settlement)
    {
        var message = (StoredMessage)delivery.State!;
        if (message.Holder != consumer || message.HolderDeliveryId != delivery.DeliveryId || !IsHeld(message))
        {
            return false;
        }

        Apply(message, settlement);
        return true;
    }

    /// <summary>The messages of these tokens, each once; null when one of them is not held.</summary>
    private List<StoredMessage>? FindHeld(ReadOnlySpan<Guid> lockTokens)
    {
        var messages = new List<StoredMessage>(lockTokens.Length);
        var tokens = new HashSet<Guid>(lockTokens.Length);
        foreach (var token in lockTokens)
        {
            if (_locks.Find(token) is not { } message || !IsHeld(message))
            {
                return null;
            }

            if (tokens.Add(token))
            {
                messages.Add(message);
            }
        }

        return messages;
    }

    private bool IsHeld(StoredMessage message)
    {
        var lockedUntil = _sessions is null
            ? message.LockedUntilMilliseconds
            : SessionOf(message)?.LockedUntilMilliseconds;
        return lockedUntil > NowMilliseconds();
    }

    private void Apply(StoredMessage message, in Settlement settlement)
    {
        Unlock(message);
        switch (settlement.Kind)
        {
            case SettlementKind.Complete:
                Forget(message);
                _latency.Record(NowMilliseconds() - message.EnqueuedMilliseconds);
                break;
            case SettlementKind.DeadLetter:
                MoveToDeadLetters(message, settlement);
                break;
            case SettlementKind.Release:
                Return(message);
                break;
            case SettlementKind.Defer:
                Modify(message, settlement);
                message.IsDeferred = true;
                _log?.Put(message, IsDeadLetterQueue);
                Return(message);
                break;
            default:
                Fail(message, isModified: Modify(message, settlement));
                break;
        }
    }

    /// <summary>Whether there was anything to modify.</summary>
    private static bool Modify(StoredMessage message, in Settlement settlement)
    {
        if (settlement.Properties is not { Count: > 0 } properties)
        {
            return false;
        }

        message.Bare = MessageEncoding.WithProperties(message.Bare.Span, properties);
        return true;
    }

    /// <summary>A delivery that came to nothing: back to the front, or away when there were too many.</summary>
    private void Fail(StoredMessage message, bool isModified = false)
    {
        message.DeliveryCount++;
        if (DeadLetters is not null && message.DeliveryCount >= _options.DeliveryCountMax)
        {
            MoveToDeadLetters(message, Settlement.DeadLetter(
                "MaxDeliveryCountExceeded",
                $"Message could not be consumed after {_options.DeliveryCountMax} delivery attempts."));
            return;
        }

        if (isModified)
        {
            _log?.Put(message, IsDeadLetterQueue);
        }
        else
        {
            _log?.Count(message);
        }

        Return(message);
    }

    private void MoveToDeadLetters(StoredMessage message, in Settlement settlement)
    {
        // From a dead-letter queue nothing is dead-lettered again.
        if (DeadLetters is null)
        {
            if (Modify(message, settlement))
            {
                _log?.Put(message, isDead: true);
            }

            Return(message);
            return;
        }

        Leave(message);
        var dead = MessageEncoding.ToDeadLetter(message, settlement);
        _log?.Put(dead, isDead: true, replaced: message);
        DeadLetters.AddDeadLetter(dead);
    }

    /// <summary>A dead letter keeps its number; there is room for it wherever there was room before.</summary>
    private void AddDeadLetter(StoredMessage message)
    {
        lock (_gate)
        {
            _count++;
            _ready.Add(message);
        }

        RequestPump();
    }
}
