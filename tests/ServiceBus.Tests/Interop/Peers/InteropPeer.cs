using System.Globalization;
using DataExport.ServiceBus.Amqp;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExport.ServiceBus.Tests.Interop;

/// <summary>A broker that speaks AMQP 1.0, started once for all suites that run on it.</summary>
public abstract class InteropPeer : IAsyncLifetime
{
    private int _queues;

    /// <summary>Its loopback port, once started.</summary>
    public int Port { get; protected set; }

    /// <summary>Where it falls short of what the suites say, each with the reason.</summary>
    internal abstract PeerLimits Limits { get; }

    /// <summary>User and password that it takes.</summary>
    internal static (string User, string Password) Account => ("guest", "guest");

    public abstract Task InitializeAsync();

    public abstract Task DisposeAsync();

    /// <summary>The name of a queue that nobody has used.</summary>
    internal virtual string NewQueue() =>
        "q" + Interlocked.Increment(ref _queues).ToString(CultureInfo.InvariantCulture);

    /// <summary>A connection of the engine, through <paramref name="port"/> if that is not the peer's own.</summary>
    internal async Task<AmqpConnection> ConnectAsync(
        AmqpSasl? sasl = null, int? port = null, TimeProvider? clock = null, TimeSpan? idleTimeout = null)
    {
        var socket = await CuttableProxy.ConnectAsync(port ?? Port);
        var settings = new AmqpConnectionSettings
        {
            ContainerId = "interop-" + Guid.NewGuid().ToString("N"),
            HostName = "localhost",
            Sasl = sasl ?? AmqpSasl.Plain(Account.User, Account.Password),
            IdleTimeout = idleTimeout ?? TimeSpan.FromSeconds(60),
        };
        using var patience = new CancellationTokenSource(Broker.Patience);
        return await AmqpConnection.ConnectAsync(
            socket, settings, clock ?? TimeProvider.System, NullLogger.Instance, patience.Token);
    }

    /// <summary>Our client, as it is used, but for the way it names itself.</summary>
    internal ServiceBusClient CreateClient(int? port = null) => new(
        $"Endpoint=sb://127.0.0.1:{port ?? Port};SharedAccessKeyName={Account.User};"
            + $"SharedAccessKey={Account.Password};UseDevelopmentEmulator=true",
        new ServiceBusClientOptions
        {
            SpeaksPlainAmqp = true,
            ReconnectDelay = TimeSpan.FromMilliseconds(1),
            TryTimeout = Broker.Patience / 2,
        },
        TimeProvider.System,
        NullLoggerFactory.Instance);
}
