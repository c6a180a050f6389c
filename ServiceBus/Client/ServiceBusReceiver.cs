using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using DataExport.ServiceBus.Amqp;
using Microsoft.Extensions.Logging;

namespace DataExport.ServiceBus;

/// <summary>
/// Receives the messages of one queue or subscription under peek-lock, at the caller's pace: nothing arrives that
/// was not granted. It reconnects for ever; a caller sees no error but those of a settlement.
/// </summary>
/// <remarks>
/// <code>
/// receiver.Grant(2_000);
/// while (await receiver.WaitToReadAsync(stopping))
///     while (receiver.TryRead(out var message)) { … await receiver.CompleteAsync(message); receiver.Grant(1); }
/// </code>
/// All members may be called from many threads. What has arrived and was not read when a link breaks stays readable:
/// it is settled through the management node while its lock lasts.
/// </remarks>
public sealed partial class ServiceBusReceiver : IAsyncDisposable
{
    private readonly MessageBuffers _buffers = new();
    private readonly ServiceBusClient _client;
    private readonly ServiceBusReceiverOptions _options;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();

    // Bounded by the credit: nothing arrives that was not granted.
    private readonly Channel<ServiceBusReceivedMessage> _arrived =
        Channel.CreateUnbounded<ServiceBusReceivedMessage>();

    private Task _running = Task.CompletedTask;

    internal ServiceBusReceiver(ServiceBusClient client, string entityPath, ServiceBusReceiverOptions options)
    {
        _client = client;
        _options = options;
        _logger = client.Loggers.CreateLogger<ServiceBusReceiver>();
        EntityPath = options.DeadLetterQueue ? entityPath + "/$DeadLetterQueue" : entityPath;
        Identifier = options.Identifier ?? "receiver-" + Guid.NewGuid().ToString("N");
    }

    /// <summary>The queue, or <c>topic/Subscriptions/name</c>; with <c>/$DeadLetterQueue</c> if that is read.</summary>
    public string EntityPath { get; }

    /// <summary>Name that the service's logs show for this receiver.</summary>
    public string Identifier { get; }

    /// <summary>True when a message can be read, false when the receiver is disposed and all have been read.</summary>
    public ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default) =>
        _arrived.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>Takes the next message that has arrived.</summary>
    public bool TryRead([MaybeNullWhen(false)] out ServiceBusReceivedMessage message) =>
        _arrived.Reader.TryRead(out message);

    /// <summary>Detaches. Messages that were not settled come again when their locks end.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        await _stopping.CancelAsync();
        await _running;
        _overdue?.Dispose();
        _arrived.Writer.TryComplete();
        _client.Forget(this);
    }

    internal void Start()
    {
        var period = _client.Options.TryTimeout / 4;
        _overdue = _client.Clock.CreateTimer(
            static state => ((ServiceBusReceiver)state!).FailOverdue(), this, period, period);
        _running = Task.Run(RunAsync);
    }

    private async Task RunAsync()
    {
        var failures = 0;
        while (!_stopping.IsCancellationRequested)
        {
            Exception? last = null;
            try
            {
                var link = await AttachAsync();
                last = await link.Ended.WaitAsync(_stopping.Token) is { } error
                    ? ServiceBusErrors.ToException(error)
                    : null;
                failures = link.WasOfUse ? 0 : failures + 1;
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                // No error ends a receiver: an entity may be made later, a key may be put right, a network may return.
                failures++;
                last = exception;
                LogAttachFailed(exception, EntityPath, failures);
            }

            if (ServiceBusErrors.IsUnauthorized(last))
            {
                _client.ForgetToken(EntityPath);
            }

            await Task.Delay(
                    ReconnectPolicy.DelayAfter(_client.Options, failures, last), _client.Clock, _stopping.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Detach();
    }

    /// <summary>Connects, authorizes and attaches, all within the time for one try.</summary>
    private async Task<LinkEvents> AttachAsync()
    {
        using var timeout = new CancellationTokenSource(_client.Options.TryTimeout, _client.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _stopping.Token);
        var transport = await _client.ConnectAsync(either.Token);
        await transport.AuthorizeAsync(EntityPath, either.Token);
        var session = await transport.Connection.BeginAsync(uint.MaxValue, either.Token);
        var events = new LinkEvents(this, session);
        var attach = new AmqpAttach
        {
            Name = Identifier + "-" + Guid.NewGuid().ToString("N"),
            IsReceiver = true,
            SenderSettleMode = 0,
            ReceiverSettleMode = _client.Options.SpeaksPlainAmqp ? (byte)0 : (byte)1,
            Source = AmqpTerminus.Source(EntityPath),
            Target = AmqpTerminus.Target(Identifier),
            MaxMessageBytes = (ulong)_client.Options.MessageBytesMax,
            Properties = new Dictionary<string, object?> { ["com.microsoft:receiver-name"] = Identifier },
        };
        OnAttached(await session.AttachReceiverAsync(attach, events, either.Token));
        LogAttached(EntityPath);
        return events;
    }

    private void OnDelivery(AmqpReceivingLink link, in AmqpDelivery delivery)
    {
        if (delivery.IsTooLarge)
        {
            Refuse(link, delivery, "MessageSizeExceeded", $"More than {_client.Options.MessageBytesMax} bytes.");
            return;
        }

        ServiceBusReceivedMessage message;
        try
        {
            message = new ServiceBusReceivedMessage(
                link, delivery.DeliveryId, delivery.Tag, delivery.Payload, _buffers);
        }
        catch (AmqpDecodeException exception)
        {
            Refuse(link, delivery, "Undecodable", exception.Message);
            return;
        }

        CountArrived();
        if (!_arrived.Writer.TryWrite(message))
        {
            link.TrySettle(delivery.DeliveryId, AmqpOutcome.Released, IgnoredSettlement.Instance);
        }
    }

    /// <summary>
    /// Handed back, the message would come again and again: it goes to the dead-letter queue, where it can be seen,
    /// and its credit is for another.
    /// </summary>
    private void Refuse(AmqpReceivingLink link, in AmqpDelivery delivery, string reason, string description)
    {
        LogRefused(EntityPath, reason, description);
        link.TrySettle(delivery.DeliveryId, DeadLetterOutcome(reason, description), IgnoredSettlement.Instance);
        CountArrived();
        Grant(1);
    }
}
