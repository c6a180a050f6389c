using Microsoft.Extensions.Logging;

namespace DataExport.Sandbox;

/// <summary>
/// A Dataverse environment, its Web API, and a Service Bus namespace on loopback: all that a first run needs. Its
/// queues get every notification, or those that steps registered over the Web API post to them.
/// </summary>
public sealed class SandboxHost : IAsyncDisposable
{
    private readonly QueueSink _sink;
    private readonly MessageFaults _messageFaults;

    /// <param name="options">How the parts are made.</param>
    /// <param name="clock">The time of all parts.</param>
    /// <param name="loggers">Loggers of the namespace.</param>
    public SandboxHost(SandboxHostOptions options, TimeProvider clock, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        Namespace = new ServiceBusNamespace(options.Namespace, clock, loggers);
        _sink = new QueueSink(Namespace);
        _messageFaults = new MessageFaults(options.Between?.Invoke(_sink) ?? _sink, options.Environment.Faults);
        Environment = new DataverseSandbox(options.Environment, clock, _messageFaults);
        Environment.Registration.PostsAll = false;
        WebApi = new DataverseHost(Environment, options.WebApi);
    }

    /// <summary>The environment.</summary>
    public DataverseSandbox Environment { get; }

    /// <summary>The environment's Web API.</summary>
    public DataverseHost WebApi { get; }

    /// <summary>
    /// The namespace. A queue created here directly, and not by the host, gets what registered steps post to it.
    /// </summary>
    public ServiceBusNamespace Namespace { get; }

    /// <summary>
    /// Notifications that a queue had no room for, or that had no queue. As in Dataverse, they are lost.
    /// </summary>
    public long LostNotifications => _sink.Lost;

    /// <summary>
    /// Creates a queue that gets a copy of every notification from here on. What steps post to it, too, it gets once.
    /// </summary>
    public void CreateQueue(string name, SandboxQueueOptions? options = null)
    {
        Namespace.CreateQueue(name, options);
        _sink.Add(name);
        Environment.Registration.PostsAll = true;
    }

    /// <summary>Posts the notifications that a fault still holds back.</summary>
    public void Flush() => _messageFaults.Flush();

    /// <summary>Lets namespace and Web API listen.</summary>
    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        Namespace.Start();
        return WebApi.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await WebApi.DisposeAsync();
        await Namespace.DisposeAsync();
    }
}
