using DataExport.ServiceBus;
using DataExport.ServiceBus.Amqp;

namespace DataExport.Sandbox;

/// <summary>
/// One queue in memory, and its dead-letter queue. One lock guards it; it is taken before its dead-letter queue's, and
/// that before a connection's.
/// </summary>
internal sealed partial class SandboxQueue
{
    /// <summary>Service Bus' own limit.</summary>
    private const int SessionIdLengthMax = 128;

    private readonly SandboxQueueOptions _options;
    private readonly TimeProvider _clock;
    private readonly Random _random;
    private readonly ReadyMessages _ready;
    private readonly LockTable _locks = new(Guid.NewGuid());
    private readonly Lock _gate = new();
    private readonly LatencyHistogram _latency = new();
    private long _lastSequenceNumber;
    private int _count;

    /// <param name="name">Its name.</param>
    /// <param name="options">Its settings.</param>
    /// <param name="clock">The time.</param>
    /// <param name="log">Where it is kept on disk, or null: in memory alone.</param>
    public SandboxQueue(string name, SandboxQueueOptions options, TimeProvider clock, QueueLog? log = null)
        : this(name, options, clock, log, isDeadLetterQueue: false)
    {
    }

    private SandboxQueue(
        string name, SandboxQueueOptions options, TimeProvider clock, QueueLog? log, bool isDeadLetterQueue)
    {
        Name = name;
        _log = log;
        _options = options;
        _clock = clock;
        _random = new Random(options.Seed);
        _ready = new ReadyMessages(isDeadLetterQueue ? 0 : options.ReorderWindow, _random);
        if (!isDeadLetterQueue)
        {
            DeadLetters = new SandboxQueue(name + "/$DeadLetterQueue", options, clock, log, isDeadLetterQueue: true);
            _sessions = options.RequiresSessions ? new SessionTable(() => new ReadyMessages(0, _random)) : null;
        }
    }

    public string Name { get; }

    /// <summary>Null on a queue that is itself one.</summary>
    public SandboxQueue? DeadLetters { get; }

    /// <summary>Enqueues one message, or two of it where chaos wants that; returns its sequence number.</summary>
    /// <exception cref="ServiceBusException">The queue is full, or wants a session id.</exception>
    public long Enqueue(in SandboxMessage message)
    {
        var sequenceNumber = Interlocked.Increment(ref _lastSequenceNumber);
        var bare = MessageEncoding.EncodeBare(message, sequenceNumber);
        var stored = new StoredMessage(bare, sequenceNumber, NowMilliseconds())
        {
            Extras = MessageIntake.ExtrasOf(message),
        };
        Add(new ReadOnlySpan<StoredMessage>(in stored));
        return sequenceNumber;
    }

    /// <summary>Reads what a peer has sent, to be added.</summary>
    /// <exception cref="AmqpDecodeException">It is no message.</exception>
    public StoredMessage Read(ReadOnlySpan<byte> encoded) =>
        MessageIntake.Read(encoded, Interlocked.Increment(ref _lastSequenceNumber), NowMilliseconds());

    /// <summary>Enqueues or schedules all of them or, where one is refused, none.</summary>
    /// <exception cref="ServiceBusException">The queue is full, or wants a session id.</exception>
    public void Add(ReadOnlySpan<StoredMessage> messages)
    {
        lock (_gate)
        {
            Require(messages);
            messages = _options.Duplicates > 0 ? WithDuplicates(messages) : messages;
            foreach (var message in messages)
            {
                Prepare(message);
            }

            _log?.Add(messages);
            foreach (var message in messages)
            {
                Enter(message);
            }
        }

        RequestPump();
    }

    public QueueCounts GetCounts()
    {
        lock (_gate)
        {
            var aside = _aside.Count;
            var active = _count - _locks.Count - aside;
            return new QueueCounts(
                active, _locks.Count, DeadLetters?.CountAll() ?? 0, aside - _scheduledCount, _scheduledCount);
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
            return [.. Messages().OrderBy(message => message.SequenceNumber)];
        }
    }

    private IEnumerable<StoredMessage> Messages() => _ready.Messages
        .Concat(_sessions?.Sessions.SelectMany(session => session.Ready.Messages) ?? [])
        .Concat(_locks.Messages)
        .Concat(_aside.Values);

    private int CountAll() => Volatile.Read(ref _count);

    private void Require(ReadOnlySpan<StoredMessage> messages)
    {
        if (_count + messages.Length + (DeadLetters?.CountAll() ?? 0) > _options.MessagesMax)
        {
            throw new ServiceBusException(
                ServiceBusFailureReason.QuotaExceeded, $"Queue {Name} holds {_options.MessagesMax} messages.");
        }

        if (_sessions is null)
        {
            return;
        }

        foreach (var message in messages)
        {
            RequireSession(_sessions, message.SessionId);
        }
    }

    private void RequireSession(SessionTable sessions, string? id)
    {
        if (id is null)
        {
            throw new ServiceBusException(
                ServiceBusFailureReason.InvalidArgument,
                $"Queue {Name} requires sessions: the SessionId was not set on a message.");
        }

        if (id.Length > SessionIdLengthMax)
        {
            throw new ServiceBusException(
                ServiceBusFailureReason.InvalidArgument, $"A SessionId has at most {SessionIdLengthMax} characters.");
        }

        if (sessions.Count >= _options.SessionsMax && sessions.Find(id) is null)
        {
            throw new ServiceBusException(
                ServiceBusFailureReason.QuotaExceeded, $"Queue {Name} holds {_options.SessionsMax} sessions.");
        }
    }

    private StoredMessage[] WithDuplicates(ReadOnlySpan<StoredMessage> messages)
    {
        var all = new List<StoredMessage>(messages.Length);
        foreach (var message in messages)
        {
            all.Add(message);
            if (_random.NextDouble() < _options.Duplicates)
            {
                all.Add(message.CopyAs(
                    Interlocked.Increment(ref _lastSequenceNumber), message.EnqueuedMilliseconds, message.Extras));
            }
        }

        return [.. all];
    }

    /// <summary>Settles where a message that is new will be, and until when. It is nowhere yet.</summary>
    private void Prepare(StoredMessage message)
    {
        if (message.Extras is { ScheduledMilliseconds: > 0 } extras
            && extras.ScheduledMilliseconds > message.EnqueuedMilliseconds)
        {
            message.State = MessageState.Scheduled;
            message.DueMilliseconds = extras.ScheduledMilliseconds;
        }
        else
        {
            BeginLife(message);
        }
    }

    /// <summary>A message that is new here waits for its time, or goes to the back.</summary>
    private void Enter(StoredMessage message)
    {
        _count++;
        if (message.State == MessageState.Scheduled)
        {
            Schedule(message);
            return;
        }

        if (message.DueMilliseconds > 0)
        {
            WatchExpiry(message);
        }

        MakeReady(message);
    }

    private void MakeReady(StoredMessage message)
    {
        if (_sessions is null)
        {
            _ready.Add(message);
            return;
        }

        var session = _sessions.GetOrAdd(message.SessionId ?? "");
        session.Ready.Add(message);
        OnSessionReady(session);
    }

    /// <summary>A message that was handed out: to the front, or back to the deferred.</summary>
    private void Return(StoredMessage message)
    {
        if (message.DueMilliseconds > 0)
        {
            if (message.DueMilliseconds <= NowMilliseconds())
            {
                Expire(message);
                return;
            }

            WatchExpiry(message);
        }

        if (message.IsDeferred)
        {
            message.State = MessageState.Deferred;
            _aside.Add(message.SequenceNumber, message);
        }
        else if (_sessions is null)
        {
            _ready.Return(message);
        }
        else
        {
            var session = _sessions.GetOrAdd(message.SessionId ?? "");
            session.Ready.Return(message);
            OnSessionReady(session);
        }
    }

    /// <summary>A message that is in no collection any more is gone for good.</summary>
    private void Forget(StoredMessage message)
    {
        _log?.Remove(message);
        Leave(message);
    }

    /// <summary>It is not here any more. What the disk says of it is another's concern.</summary>
    private void Leave(StoredMessage message)
    {
        message.State = MessageState.Gone;
        _count--;
    }

    private long NowMilliseconds() => _clock.GetUtcNow().ToUnixTimeMilliseconds();
}
