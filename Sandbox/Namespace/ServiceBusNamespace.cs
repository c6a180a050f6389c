using Microsoft.Extensions.Logging;

namespace DataExport.Sandbox;

/// <summary>
/// A Service Bus namespace in memory: queues with peek-lock, lock expiry, delivery count and dead-letter queue. It is
/// reached over AMQP on loopback (plain), and in process. Queue names are case-insensitive; a leading slash is ignored.
/// </summary>
public sealed class ServiceBusNamespace : IAsyncDisposable
{
    public ServiceBusNamespace(ServiceBusNamespaceOptions options, TimeProvider clock, ILoggerFactory loggers)
    {
    }

    /// <summary>The loopback port, once started.</summary>
    public int Port => throw new NotImplementedException();

    /// <summary>What a client connects with, once started: plain, port included.</summary>
    public string ConnectionString => throw new NotImplementedException();

    /// <summary>Listens from here on.</summary>
    public void Start() => throw new NotImplementedException();

    /// <summary>Creates a queue; one that exists already keeps its messages and settings.</summary>
    public void CreateQueue(string name, SandboxQueueOptions? options = null) => throw new NotImplementedException();

    /// <summary>Enqueues one message and returns its sequence number. Thread-safe and cheap (about 1 µs).</summary>
    /// <exception cref="ServiceBus.ServiceBusException">No such queue, or it is full (QuotaExceeded).</exception>
    public long Enqueue(string queue, in SandboxMessage message) => throw new NotImplementedException();

    /// <summary>How many messages the queue holds.</summary>
    public QueueCounts GetQueueCounts(string queue) => throw new NotImplementedException();

    /// <summary>The dead letters of a queue, oldest first.</summary>
    public IReadOnlyList<DeadLetter> DeadLetters(string queue) => throw new NotImplementedException();

    /// <summary>Chaos: cuts every connection, without a word of AMQP.</summary>
    public void DropConnections() => throw new NotImplementedException();

    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
