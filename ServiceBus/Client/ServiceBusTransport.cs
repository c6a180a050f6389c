using System.Collections.Concurrent;
using DataExport.ServiceBus.Amqp;
using Microsoft.Extensions.Logging;

namespace DataExport.ServiceBus;

/// <summary>One live connection, what it is authorized for, and its management links.</summary>
internal sealed partial class ServiceBusTransport : IAsyncDisposable
{
    private readonly ServiceBusConnectionStringProperties _properties;
    private readonly ServiceBusClientOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;

    // Never disposed: who waits for it when the transport ends must still get its turn, and fail by itself.
    private readonly SemaphoreSlim _turn = new(1);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _authorized = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AmqpRequestLink> _management = new(StringComparer.OrdinalIgnoreCase);
    private readonly ITimer _renewal;
    private AmqpRequestLink? _cbs;

    public ServiceBusTransport(
        AmqpConnection connection,
        ServiceBusConnectionStringProperties properties,
        ServiceBusClientOptions options,
        TimeProvider clock,
        ILogger logger)
    {
        _logger = logger;
        Connection = connection;
        _properties = properties;
        _options = options;
        _clock = clock;
        var period = options.TokenLifetime / 8;
        _renewal = clock.CreateTimer(static state => ((ServiceBusTransport)state!).Renew(), this, period, period);
    }

    public AmqpConnection Connection { get; }

    public bool IsOpen => !Connection.Closed.IsCompleted;

    /// <summary>Gets this connection a token for <paramref name="entityPath"/>, kept fresh from then on.</summary>
    public async Task AuthorizeAsync(string entityPath, CancellationToken cancellationToken)
    {
        if (_options.SpeaksPlainAmqp)
        {
            return;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            // A token that could not be renewed is as good as none.
            if (!_authorized.TryGetValue(entityPath, out var expires) || expires <= _clock.GetUtcNow())
            {
                await PutTokenAsync(entityPath, cancellationToken);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// The service did not take the token: keys rotate, clocks differ. The next use puts a fresh one.
    /// </summary>
    public void ForgetToken(string entityPath) => _authorized.TryRemove(entityPath, out _);

    /// <summary>Sends a request to the entity's management node. Its answer is a success.</summary>
    /// <exception cref="ServiceBusException">It is none.</exception>
    public async Task<AmqpExchange> ManageAsync(
        string entityPath, string operation, string? linkName, object body, CancellationToken cancellationToken)
    {
        var link = await ManagementLinkAsync(entityPath + "/$management", cancellationToken);
        var properties = new Dictionary<string, object?>
        {
            ["operation"] = "com.microsoft:" + operation,
            ["com.microsoft:server-timeout"] = (uint)_options.TryTimeout.TotalMilliseconds,
            ["com.microsoft:tracking-id"] = Guid.NewGuid().ToString(),
        };
        if (linkName is not null)
        {
            properties["associated-link-name"] = linkName;
        }

        var answer = await link.RequestAsync(properties, body, cancellationToken);
        return ServiceBusErrors.OfAnswer(answer) is { } failure ? throw failure : answer;
    }

    public async ValueTask DisposeAsync()
    {
        await _renewal.DisposeAsync();
        await Connection.DisposeAsync();
    }

    private async Task<AmqpRequestLink> ManagementLinkAsync(string node, CancellationToken cancellationToken)
    {
        await AuthorizeAsync(node, cancellationToken);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!_management.TryGetValue(node, out var link) || !link.IsOpen)
            {
                link = await AmqpRequestLink.OpenAsync(Connection, node, cancellationToken);
                _management[node] = link;
            }

            return link;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task PutTokenAsync(string entityPath, CancellationToken cancellationToken)
    {
        if (_cbs is not { IsOpen: true })
        {
            _cbs = await AmqpRequestLink.OpenAsync(Connection, "$cbs", cancellationToken);
        }

        var audience = $"sb://{_properties.FullyQualifiedNamespace}/{entityPath}";
        var expires = _clock.GetUtcNow() + _options.TokenLifetime;
        var properties = new Dictionary<string, object?>
        {
            ["operation"] = "put-token",
            ["type"] = "servicebus.windows.net:sastoken",
            ["name"] = audience,
            ["expiration"] = expires,
        };
        var token = _properties.SharedAccessSignature
            ?? SharedAccessToken.Create(
                audience, _properties.SharedAccessKeyName!, _properties.SharedAccessKey!, expires);
        var answer = await _cbs.RequestAsync(properties, token, cancellationToken);
        if (ServiceBusErrors.OfAnswer(answer) is { } failure)
        {
            throw failure;
        }

        _authorized[entityPath] = expires;
    }

    /// <summary>Renews, of all tokens, those with less than a quarter of their life left.</summary>
    private async void Renew()
    {
        if (!IsOpen)
        {
            await _renewal.DisposeAsync();
            return;
        }

        using var timeout = new CancellationTokenSource(_options.TryTimeout, _clock);
        try
        {
            await _turn.WaitAsync(timeout.Token);
            try
            {
                await RenewDueAsync(timeout.Token);
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (Exception exception)
        {
            // Nobody awaits this, so nothing may get out. The next tick tries again, with an eighth of the token's
            // life left. When it runs out the service detaches the links, and their reconnect puts a fresh token.
            LogRenewalFailed(exception, _properties.FullyQualifiedNamespace);
        }
    }

    private async Task RenewDueAsync(CancellationToken cancellationToken)
    {
        var due = _clock.GetUtcNow() + (_options.TokenLifetime / 4);
        foreach (var (entityPath, expires) in _authorized.ToArray())
        {
            if (expires <= due)
            {
                await PutTokenAsync(entityPath, cancellationToken);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Token for {Namespace} could not be renewed")]
    private partial void LogRenewalFailed(Exception exception, string @namespace);
}
