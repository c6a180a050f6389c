using DataExport.ServiceBus;
using DataExport.ServiceBus.Amqp;

namespace DataExport.Sandbox;

/// <summary>
/// One queue in memory, and its dead-letter queue. One lock guards it; it is taken before a connection's.
/// </summary>
internal sealed partial class SandboxQueue
{
    private readonly SandboxQueueOptions _options;
    private readonly TimeProvider _clock;
    private readonly Random _random;
    private readonly ReadyMessages _ready;
    private readonly LockTable _locks = new(Guid.NewGuid());
    private readonly Lock _gate = new();
    private readonly LatencyHistogram _latency = new();
    private long _lastSequenceNumber;

    public SandboxQueue(string name, SandboxQueueOptions options, TimeProvider clock, bool isDeadLetterQueue = false)
    {
        Name = name;
        _options = options;
        _clock = clock;
        _random = new Random(options.Seed);
        _ready = new ReadyMessages(isDeadLetterQueue ? 0 : options.ReorderWindow, _random);
        DeadLetters = isDeadLetterQueue
            ? null
            : new SandboxQueue(name + "/$DeadLetterQueue", options, clock, isDeadLetterQueue: true);
    }

    public string Name { get; }

    /// <summary>Null on a queue that is itself one.</summary>
    public SandboxQueue? DeadLetters { get; }

    /// <summary>Enqueues one message, or two of it where chaos wants that; returns its sequence number.</summary>
    /// <exception cref="ServiceBusException">The queue is full.</exception>
    public long Enqueue(in SandboxMessage message)
    {
        var sequenceNumber = Interlocked.Increment(ref _lastSequenceNumber);
        var bare = MessageEncoding.EncodeBare(message, sequenceNumber);
        Add(new StoredMessage(bare, sequenceNumber, NowMilliseconds()));
        return sequenceNumber;
    }

    /// <summary>Takes in what a peer has sent.</summary>
    /// <exception cref="ServiceBusException">The queue is full.</exception>
    public void Receive(ReadOnlySpan<byte> encoded)
    {
        var sequenceNumber = Interlocked.Increment(ref _lastSequenceNumber);
        Add(MessageEncoding.Receive(encoded, sequenceNumber, NowMilliseconds()));
    }

    public QueueCounts GetCounts()
    {
        lock (_gate)
        {
            return new QueueCounts(_ready.Count, _locks.Count, DeadLetters?.CountAll() ?? 0);
        }
    }

    public void ClearLatency()
    {
        lock (_gate)
        {
            _latency.Clear();
        }
    }

    public LatencyFigures GetLatency()
    {
        lock (_gate)
        {
            return _latency.Read();
        }
    }

    /// <summary>All messages, oldest first.</summary>
    public IReadOnlyList<StoredMessage> Snapshot()
    {
        lock (_gate)
        {
            return [.. _ready.Messages.Concat(_locks.Messages).OrderBy(message => message.SequenceNumber)];
        }
    }

    private int CountAll()
    {
        lock (_gate)
        {
            return _ready.Count + _locks.Count;
        }
    }

    private void Add(StoredMessage message)
    {
        lock (_gate)
        {
            RequireRoom();
            _ready.Add(message);
            if (_options.Duplicates > 0 && _random.NextDouble() < _options.Duplicates)
            {
                var sequenceNumber = Interlocked.Increment(ref _lastSequenceNumber);
                _ready.Add(new StoredMessage(message.Bare, sequenceNumber, message.EnqueuedMilliseconds));
            }
        }

        RequestPump();
    }

    /// <summary>A dead letter keeps its number; there is room for it wherever there was room before.</summary>
    private void AddDeadLetter(StoredMessage message)
    {
        lock (_gate)
        {
            _ready.Add(message);
        }

        RequestPump();
    }

    private void RequireRoom()
    {
        if (_ready.Count + _locks.Count >= _options.MessagesMax)
        {
            throw new ServiceBusException(
                ServiceBusFailureReason.QuotaExceeded, $"Queue {Name} holds {_options.MessagesMax} messages.");
        }
    }

    private long NowMilliseconds() => _clock.GetUtcNow().ToUnixTimeMilliseconds();
}
