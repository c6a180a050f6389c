using DataExport.ServiceBus.Amqp;

namespace DataExport.Sandbox;

internal sealed partial class SandboxQueue : IThreadPoolWorkItem
{
    /// <summary>Messages handed out before the queue's lock is let go, so that enqueueing is not held up.</summary>
    private const int BurstMessages = 64;

    private readonly List<QueueConsumer> _consumers = [];
    private uint _nextConsumer;
    private int _isPumpRequested;
    private bool _hasHungry;

    public void AddConsumer(QueueConsumer consumer)
    {
        lock (_gate)
        {
            _consumers.Add(consumer);
        }
    }

    public void RemoveConsumer(QueueConsumer consumer)
    {
        lock (_gate)
        {
            _consumers.Remove(consumer);
        }
    }

    /// <summary>The consumer has credit and room, or wants its credit drained.</summary>
    public void OnSendable(QueueConsumer consumer)
    {
        lock (_gate)
        {
            consumer.IsHungry = true;
            _hasHungry = true;
        }

        Pump();
        EndDrain(consumer);
    }

    void IThreadPoolWorkItem.Execute()
    {
        Volatile.Write(ref _isPumpRequested, 0);
        Pump();
    }

    private void RequestPump()
    {
        if (Volatile.Read(ref _hasHungry) && Interlocked.Exchange(ref _isPumpRequested, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    private void Pump()
    {
        bool goesOn;
        do
        {
            lock (_gate)
            {
                goesOn = PumpBurst();
            }
        }
        while (goesOn);
    }

    /// <summary>False when there is nothing more to hand out, or nobody to hand it to.</summary>
    private bool PumpBurst()
    {
        for (var count = 0; count < BurstMessages; count++)
        {
            if (FindHungry() is not { } consumer || !_ready.TryTake(out var message))
            {
                return false;
            }

            if (!TryHandOut(consumer, message))
            {
                consumer.IsHungry = false;
                _ready.Return(message);
            }
        }

        return true;
    }

    private QueueConsumer? FindHungry()
    {
        for (var tries = 0; tries < _consumers.Count; tries++)
        {
            var consumer = _consumers[(int)(_nextConsumer++ % (uint)_consumers.Count)];
            consumer.IsHungry &= consumer.MayTake();
            if (consumer.IsHungry)
            {
                return consumer;
            }
        }

        _hasHungry = false;
        return null;
    }

    private bool TryHandOut(QueueConsumer consumer, StoredMessage message)
    {
        if (consumer.DeletesOnReceive)
        {
            return consumer.TrySend(message);
        }

        _locks.Add(message, NowMilliseconds() + (long)_options.LockDuration.TotalMilliseconds);
        if (!consumer.TrySend(message))
        {
            _locks.Remove(message);
            return false;
        }

        message.Holder = consumer;
        ArmExpiry();
        return true;
    }

    private void EndDrain(QueueConsumer consumer)
    {
        lock (_gate)
        {
            // With messages left and credit left the way is blocked: it ends when that is free again.
            if (consumer.Link is { IsDraining: true } link && (_ready.Count == 0 || link.Credit == 0))
            {
                link.EndDrain();
            }
        }
    }
}
