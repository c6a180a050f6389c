using System.Collections.Concurrent;
using System.Globalization;
using DataExport.ServiceBus;
using DataExport.ServiceBus.Amqp;
using Microsoft.Extensions.Logging;

namespace DataExport.Sandbox;

/// <summary>
/// A Service Bus namespace: queues with peek-lock, lock expiry, delivery count and dead-letter queue, with sessions,
/// deferred and scheduled messages, in memory or kept on disk. It is reached over AMQP on loopback (plain), and in
/// process. Queue names are case-insensitive; a leading slash is ignored.
/// </summary>
public sealed partial class ServiceBusNamespace : IAsyncDisposable
{
    /// <summary>Service Bus' own limit.</summary>
    private const int NameLengthMax = 260;

    private readonly ServiceBusNamespaceOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<string, SandboxQueue> _queues = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _creating = new();
    private readonly AmqpListener _listener;

    public ServiceBusNamespace(ServiceBusNamespaceOptions options, TimeProvider clock, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _clock = clock;
        _logger = loggers.CreateLogger<ServiceBusNamespace>();
        var settings = new AmqpConnectionSettings { ContainerId = "sandbox", IdleTimeout = options.IdleTimeout };
        _listener = new AmqpListener(settings, new NamespaceNodes(this), clock, _logger);
    }

    /// <summary>The loopback port, once started.</summary>
    public int Port => _listener.Port;

    /// <summary>What a client connects with, once started: plain, port included.</summary>
    public string ConnectionString => string.Create(
        CultureInfo.InvariantCulture,
        $"Endpoint=sb://127.0.0.1:{Port};SharedAccessKeyName=RootManageSharedAccessKey;"
        + $"SharedAccessKey=SAS_KEY_VALUE;UseDevelopmentEmulator=true");

    /// <summary>Listens from here on.</summary>
    public void Start() => _listener.Start(_options.Port);

    /// <summary>
    /// Creates a queue, with what the data directory holds of it; one that exists already keeps messages and settings.
    /// </summary>
    /// <exception cref="IOException">Its files cannot be used; the message says why and what to do.</exception>
    public void CreateQueue(string name, SandboxQueueOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var key = name.TrimStart('/');
        if (_queues.ContainsKey(key))
        {
            return;
        }

        lock (_creating)
        {
            if (!_queues.ContainsKey(key))
            {
                _queues[key] = Open(key, options ?? _options.Queue);
            }
        }
    }

    /// <summary>Enqueues one message and returns its sequence number. Thread-safe and cheap (about 1 µs).</summary>
    /// <exception cref="ServiceBusException">No such queue, or it is full (QuotaExceeded).</exception>
    public long Enqueue(string queue, in SandboxMessage message) => Get(queue).Enqueue(message);

    /// <summary>How many messages the queue holds.</summary>
    public QueueCounts GetQueueCounts(string queue) => Get(queue).GetCounts();

    /// <summary>How long the queue's completed messages were in it.</summary>
    public LatencyFigures GetLatency(string queue) => Get(queue).GetLatency();

    /// <summary>Forgets the times so far: what warmed up is not what is measured.</summary>
    public void ClearLatency(string queue) => Get(queue).ClearLatency();

    /// <summary>The dead letters of a queue, oldest first.</summary>
    public IReadOnlyList<DeadLetter> DeadLetters(string queue) =>
        [.. Get(queue).DeadLetters!.Snapshot().Select(MessageEncoding.ToPublic)];

    /// <summary>Chaos: cuts every connection, without a word of AMQP.</summary>
    public void DropConnections() => _listener.DropConnections();

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        foreach (var queue in _queues.Values)
        {
            queue.Dispose();
        }
    }

    /// <summary>The queue of an address such as <c>/name/$DeadLetterQueue</c>, or null.</summary>
    internal SandboxQueue? Resolve(string address)
    {
        const string deadLetters = "/$DeadLetterQueue";
        var path = address.TrimStart('/');
        if (path.EndsWith(deadLetters, StringComparison.OrdinalIgnoreCase))
        {
            return Resolve(path[..^deadLetters.Length])?.DeadLetters;
        }

        if (_options.CreatesQueues && path.Length is > 0 and <= NameLengthMax)
        {
            CreateQueue(path);
        }

        return _queues.GetValueOrDefault(path);
    }

    private SandboxQueue Open(string name, SandboxQueueOptions options)
    {
        if (_options.DataDirectory is null)
        {
            return new SandboxQueue(name, options, _clock);
        }

        var directory = Path.Combine(_options.DataDirectory, "queues", QueueDirectory.NameOf(name));
        var (log, recovered) = QueueLog.Open(directory, _options.Log, _clock);
        if (recovered.Torn is { } torn)
        {
            LogTornFile(name, torn.Path, torn.WholeBytes, torn.DroppedBytes);
        }

        var queue = new SandboxQueue(name, options, _clock, log);
        queue.Restore(recovered);
        return queue;
    }

    private SandboxQueue Get(string name) =>
        _queues.TryGetValue(name, out var queue) ? queue
        : _queues.TryGetValue(name.TrimStart('/'), out queue) ? queue
        : throw new ServiceBusException(
            ServiceBusFailureReason.MessagingEntityNotFound, $"There is no queue {name}.");
}
