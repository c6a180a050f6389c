using System.Net.Security;
using System.Net.Sockets;
using DataExport.ServiceBus.Amqp;
using Microsoft.Extensions.Logging;

namespace DataExport.ServiceBus;

/// <summary>One connection to a Service Bus namespace, made when first needed and made again when it breaks.</summary>
public sealed partial class ServiceBusClient : IAsyncDisposable
{
    private readonly ServiceBusConnectionStringProperties _properties;
    private readonly ILogger _logger;

    // Never disposed: who waits for it when the client ends must still get its turn, and fail by itself.
    private readonly SemaphoreSlim _connecting = new(1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly HashSet<IAsyncDisposable> _created = [];
    private ServiceBusTransport? _transport;

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
        ArgumentNullException.ThrowIfNull(options);
        _properties = properties;
        Options = options;
        Clock = clock;
        Loggers = loggers;
        _logger = loggers.CreateLogger<ServiceBusClient>();
        Identifier = options.Identifier ?? "dataexport-" + Guid.NewGuid().ToString("N");
    }

    /// <summary>The namespace's host.</summary>
    public string FullyQualifiedNamespace => _properties.FullyQualifiedNamespace;

    /// <summary>Name that the service's logs show for this client.</summary>
    public string Identifier { get; }

    internal ServiceBusClientOptions Options { get; }

    internal TimeProvider Clock { get; }

    internal ILoggerFactory Loggers { get; }

    /// <summary>
    /// A receiver of <paramref name="entityPath"/>: a queue, or <c>topic/Subscriptions/name</c>. It begins to connect
    /// at once.
    /// </summary>
    public ServiceBusReceiver CreateReceiver(string entityPath, ServiceBusReceiverOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(entityPath);
        var receiver = new ServiceBusReceiver(this, Normalize(entityPath), options ?? new ServiceBusReceiverOptions());
        Keep(receiver);
        receiver.Start();
        return receiver;
    }

    /// <summary>A sender to a queue or topic. It connects with the first message.</summary>
    public ServiceBusSender CreateSender(string entityPath)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(entityPath);
        var sender = new ServiceBusSender(this, Normalize(entityPath));
        Keep(sender);
        return sender;
    }

    /// <summary>Closes what was created, then the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        IAsyncDisposable[] created;
        lock (_gate)
        {
            created = [.. _created];
        }

        foreach (var one in created)
        {
            await one.DisposeAsync();
        }

        await _stopping.CancelAsync();
        if (_transport is { } transport)
        {
            await transport.DisposeAsync();
        }

        _stopping.Dispose();
    }

    internal void Forget(IAsyncDisposable created)
    {
        lock (_gate)
        {
            _created.Remove(created);
        }
    }

    /// <summary>The live connection, or a new one. Callers at the same time share it.</summary>
    internal async Task<ServiceBusTransport> ConnectAsync(CancellationToken cancellationToken)
    {
        if (_transport is { IsOpen: true } open)
        {
            return open;
        }

        await _connecting.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, this);
            if (_transport is not { IsOpen: true })
            {
                _transport = await OpenAsync(cancellationToken);
            }

            return _transport;
        }
        finally
        {
            _connecting.Release();
        }
    }

    /// <summary>The service did not take the token for <paramref name="entityPath"/>: the next one is fresh.</summary>
    internal void ForgetToken(string entityPath) => _transport?.ForgetToken(entityPath);

    private static string Normalize(string entityPath) => entityPath.TrimStart('/');

    private async Task<ServiceBusTransport> OpenAsync(CancellationToken cancellationToken)
    {
        if (_transport is { } broken)
        {
            await broken.DisposeAsync();
        }

        var settings = new AmqpConnectionSettings
        {
            ContainerId = Identifier,
            HostName = FullyQualifiedNamespace,
            IdleTimeout = Options.IdleTimeout,
            Sasl = Options.SpeaksPlainAmqp
                ? AmqpSasl.Plain(_properties.SharedAccessKeyName!, _properties.SharedAccessKey!)
                : AmqpSasl.Cbs,
        };
        var stream = await OpenStreamAsync(cancellationToken);
        var connection = await AmqpConnection.ConnectAsync(stream, settings, Clock, _logger, cancellationToken);
        LogConnected(FullyQualifiedNamespace);
        return new ServiceBusTransport(connection, _properties, Options, Clock, _logger);
    }

    private async Task<Stream> OpenStreamAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(FullyQualifiedNamespace, _properties.Port, cancellationToken);
            var stream = new NetworkStream(socket, ownsSocket: true);
            if (_properties.UseDevelopmentEmulator)
            {
                return stream;
            }

            var secure = new SslStream(stream);
            await secure.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = FullyQualifiedNamespace,
                    RemoteCertificateValidationCallback = Options.CertificateValidation,
                },
                cancellationToken);
            return secure;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private void Keep(IAsyncDisposable created)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, this);
            _created.Add(created);
        }
    }

    [LoggerMessage(LogLevel.Debug, "Connected to {Namespace}")]
    private partial void LogConnected(string @namespace);
}
