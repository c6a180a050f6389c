using DataExport.ServiceBus.Amqp;

namespace DataExport.Sandbox;

internal sealed partial class SandboxQueue : IDisposable
{
    private static readonly AmqpError LockLost =
        new(AmqpCondition.MessageLockLost, "The lock supplied is invalid, or has expired.");

    private ITimer? _expiry;
    private bool _isExpiryArmed;

    /// <summary>
    /// A receiver has given one outcome to many. Returns those whose locks were lost; null when none was.
    /// </summary>
    public HashSet<uint>? Settle(QueueConsumer consumer, ReadOnlySpan<AmqpSettled> deliveries, AmqpOutcome outcome)
    {
        HashSet<uint>? lost = null;
        lock (_gate)
        {
            foreach (var delivery in deliveries)
            {
                if (!TrySettle(consumer, delivery, outcome))
                {
                    (lost ??= []).Add(delivery.DeliveryId);
                }
            }
        }

        if (outcome.Kind != AmqpOutcomeKind.Accepted)
        {
            RequestPump();
        }

        return lost;
    }

    /// <summary>Settles by lock token, whichever link the message came on.</summary>
    public bool Settle(Guid lockToken, AmqpOutcome outcome)
    {
        bool isSettled;
        lock (_gate)
        {
            var message = _locks.Find(lockToken);
            isSettled = message is not null && IsHeld(message);
            if (isSettled)
            {
                Apply(message!, outcome);
            }
        }

        RequestPump();
        return isSettled;
    }

    /// <summary>Renews a lock and returns its new end, or null when it is lost.</summary>
    public DateTimeOffset? Renew(Guid lockToken)
    {
        lock (_gate)
        {
            if (_locks.Find(lockToken) is not { } message || !IsHeld(message))
            {
                return null;
            }

            _locks.Renew(message, NowMilliseconds() + (long)_options.LockDuration.TotalMilliseconds);
            return DateTimeOffset.FromUnixTimeMilliseconds(message.LockedUntilMilliseconds);
        }
    }

    /// <summary>A link is gone with these unsettled. Their locks go on, unless the queue says otherwise.</summary>
    public void OnLinkLost(QueueConsumer consumer, IReadOnlyList<AmqpSettled> unsettled)
    {
        RemoveConsumer(consumer);
        if (_options.LocksOutliveLinks)
        {
            return;
        }

        lock (_gate)
        {
            foreach (var delivery in unsettled)
            {
                TrySettle(consumer, delivery, AmqpOutcome.Abandoned);
            }
        }

        RequestPump();
    }

    public static AmqpOutcome LockLostOutcome => AmqpOutcome.Rejected(LockLost);

    /// <summary>Stops the clock of the locks.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            // Armed for good: nothing arms it again.
            _isExpiryArmed = true;
            _expiry?.Dispose();
        }

        DeadLetters?.Dispose();
    }

    private bool TrySettle(QueueConsumer consumer, AmqpSettled delivery, AmqpOutcome outcome)
    {
        var message = (StoredMessage)delivery.State!;
        if (message.Holder != consumer || message.HolderDeliveryId != delivery.DeliveryId || !IsHeld(message))
        {
            return false;
        }

        Apply(message, outcome);
        return true;
    }

    private bool IsHeld(StoredMessage message) => message.LockedUntilMilliseconds > NowMilliseconds();

    private void Apply(StoredMessage message, AmqpOutcome outcome)
    {
        _locks.Remove(message);
        switch (outcome.Kind)
        {
            case AmqpOutcomeKind.Accepted:
                _latency.Record(NowMilliseconds() - message.EnqueuedMilliseconds);
                break;
            case AmqpOutcomeKind.Rejected:
                var info = outcome.Error?.Info;
                MoveToDeadLetters(
                    message,
                    AmqpMaps.Find(info, "DeadLetterReason")?.ToString() ?? outcome.Error?.Condition,
                    AmqpMaps.Find(info, "DeadLetterErrorDescription")?.ToString() ?? outcome.Error?.Description);
                break;
            case AmqpOutcomeKind.Released:
                _ready.Return(message);
                break;
            default:
                Fail(message);
                break;
        }
    }

    /// <summary>A delivery that came to nothing: back to the front, or away when there were too many.</summary>
    private void Fail(StoredMessage message)
    {
        message.DeliveryCount++;
        if (DeadLetters is not null && message.DeliveryCount >= _options.DeliveryCountMax)
        {
            MoveToDeadLetters(
                message,
                "MaxDeliveryCountExceeded",
                $"Message could not be consumed after {_options.DeliveryCountMax} delivery attempts.");
        }
        else
        {
            _ready.Return(message);
        }
    }

    private void MoveToDeadLetters(StoredMessage message, string? reason, string? description)
    {
        // From a dead-letter queue nothing is dead-lettered again.
        if (DeadLetters is null)
        {
            _ready.Return(message);
        }
        else
        {
            DeadLetters.AddDeadLetter(MessageEncoding.ToDeadLetter(message, reason, description));
        }
    }

    private void ArmExpiry()
    {
        if (_isExpiryArmed || _locks.First is not { } first)
        {
            return;
        }

        _isExpiryArmed = true;
        var wait = TimeSpan.FromMilliseconds(Math.Max(1, first.LockedUntilMilliseconds - NowMilliseconds()));
        _expiry ??= _clock.CreateTimer(
            static state => ((SandboxQueue)state!).ExpireLocks(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
        _expiry.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private void ExpireLocks()
    {
        lock (_gate)
        {
            _isExpiryArmed = false;
            while (_locks.First is { } first && !IsHeld(first))
            {
                _locks.Remove(first);
                Fail(first);
            }

            ArmExpiry();
        }

        RequestPump();
    }
}
