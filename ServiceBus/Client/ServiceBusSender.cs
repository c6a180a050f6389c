using DataExport.ServiceBus.Amqp;

namespace DataExport.ServiceBus;

/// <summary>Sends messages to one queue or topic. Any number of sends may be under way at once.</summary>
public sealed class ServiceBusSender : IAsyncDisposable
{
    /// <summary>What the service takes as one batch, whatever the entity takes as one message.</summary>
    private const ulong BatchBytesMax = 1024 * 1024;
    private const uint SessionWindow = 5_000;
    private const int TriesMax = 4;

    private readonly ServiceBusClient _client;
    private readonly SemaphoreSlim _attaching = new(1);
    private SenderLink? _link;
    private bool _isDisposed;

    internal ServiceBusSender(ServiceBusClient client, string entityPath)
    {
        _client = client;
        EntityPath = entityPath;
    }

    /// <summary>The queue or topic.</summary>
    public string EntityPath { get; }

    /// <summary>Sends one message. Done when the broker has taken it.</summary>
    /// <exception cref="ServiceBusException">Refused; or the connection broke: sent or not, unknown.</exception>
    public Task SendAsync(ServiceBusMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return SendAsync(MessageEncoder.Encode(message, _client.Clock), 0, cancellationToken);
    }

    /// <summary>Sends the messages as one: all are taken, or none.</summary>
    /// <exception cref="ServiceBusException">As with <see cref="SendAsync"/>.</exception>
    public Task SendBatchAsync(
        IReadOnlyList<ServiceBusMessage> messages, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return messages.Count switch
        {
            0 => Task.CompletedTask,
            1 => SendAsync(messages[0], cancellationToken),
            _ => SendAsync(
                MessageEncoder.EncodeBatch(messages, _client.Clock), MessageEncoder.BatchFormat, cancellationToken),
        };
    }

    public ValueTask DisposeAsync()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _link?.Detach();
            _client.Forget(this);
        }

        return ValueTask.CompletedTask;
    }

    private async Task SendAsync(
        ReadOnlyMemory<byte> payload, uint format, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        using var timeout = new CancellationTokenSource(_client.Options.TryTimeout, _client.Clock);
        using var either = cancellationToken.CanBeCanceled
            ? CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken)
            : null;
        try
        {
            Check(await SendWithRetryAsync(payload, format, either?.Token ?? timeout.Token));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw ServiceBusErrors.ToException(exception);
        }
    }

    /// <summary>Tries again while nothing was sent: what may have been sent is the caller's to decide on.</summary>
    private async Task<AmqpOutcome> SendWithRetryAsync(
        ReadOnlyMemory<byte> payload, uint format, CancellationToken cancellationToken)
    {
        for (var tries = 1; tries <= TriesMax; tries++)
        {
            var link = await AttachAsync(cancellationToken);
            RequireSize(link, payload, format);
            if (await link.SendAsync(payload, format, cancellationToken) is { } outcome)
            {
                return outcome;
            }
        }

        throw new ServiceBusException(
            ServiceBusFailureReason.ServiceCommunicationProblem, $"The link to {EntityPath} keeps breaking.");
    }

    private static void Check(AmqpOutcome outcome)
    {
        if (outcome.Kind != AmqpOutcomeKind.Accepted)
        {
            throw ServiceBusErrors.ToException(
                outcome.Error ?? new AmqpError(AmqpCondition.InternalError, $"The message was {outcome.Kind}."));
        }
    }

    private static void RequireSize(SenderLink link, ReadOnlyMemory<byte> payload, uint format)
    {
        var bytesMax = link.MessageBytesMax == 0 ? ulong.MaxValue : link.MessageBytesMax;
        bytesMax = format == MessageEncoder.BatchFormat ? Math.Min(bytesMax, BatchBytesMax) : bytesMax;
        if ((ulong)payload.Length > bytesMax)
        {
            throw new ServiceBusException(
                ServiceBusFailureReason.MessageSizeExceeded,
                $"What is sent has {payload.Length} bytes, {bytesMax} are taken.");
        }
    }

    private ValueTask<SenderLink> AttachAsync(CancellationToken cancellationToken) =>
        _link is { IsOpen: true } open ? new(open) : new(AttachNewAsync(cancellationToken));

    private async Task<SenderLink> AttachNewAsync(CancellationToken cancellationToken)
    {
        await _attaching.WaitAsync(cancellationToken);
        try
        {
            if (_link is not { IsOpen: true })
            {
                _link = await OpenAsync(cancellationToken);
            }

            return _link;
        }
        catch (Exception exception) when (ServiceBusErrors.IsUnauthorized(exception))
        {
            _client.ForgetToken(EntityPath);
            throw;
        }
        finally
        {
            _attaching.Release();
        }
    }

    private async Task<SenderLink> OpenAsync(CancellationToken cancellationToken)
    {
        if (_link?.Error is { } error && ServiceBusErrors.IsUnauthorized(ServiceBusErrors.ToException(error)))
        {
            _client.ForgetToken(EntityPath);
        }

        var transport = await _client.ConnectAsync(cancellationToken);
        await transport.AuthorizeAsync(EntityPath, cancellationToken);
        var session = await transport.Connection.BeginAsync(SessionWindow, cancellationToken);
        var name = "sender-" + Guid.NewGuid().ToString("N");
        var link = new SenderLink();
        var attach = new AmqpAttach
        {
            Name = name,
            SenderSettleMode = 0,
            Source = AmqpTerminus.Source(name),
            Target = AmqpTerminus.Target(EntityPath),
        };
        link.Attach(await session.AttachSenderAsync(attach, link, cancellationToken));
        return link;
    }
}
