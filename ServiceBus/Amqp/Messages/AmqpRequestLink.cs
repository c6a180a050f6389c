using System.Globalization;

namespace DataExport.ServiceBus.Amqp;

/// <summary>A pair of links on one session for requests and their answers: $cbs, $management.</summary>
internal sealed class AmqpRequestLink : IAmqpSenderEvents, IAmqpReceiverEvents
{
    private const uint AnswersInFlightMax = 1_000;
    private readonly string _replyTo = "reply-" + Guid.NewGuid().ToString("N");
    private readonly Dictionary<string, TaskCompletionSource<AmqpExchange>> _awaited = [];
    private readonly Queue<byte[]> _unsent = new();
    private readonly Lock _gate = new();
    private AmqpSession? _session;
    private AmqpSendingLink? _sender;
    private AmqpReceivingLink? _receiver;
    private AmqpError? _ended;
    private long _lastId;

    private AmqpRequestLink()
    {
    }

    /// <summary>Whether requests can be sent.</summary>
    public bool IsOpen => _sender is { IsAttached: true } && _receiver is { IsAttached: true };

    /// <summary>Opens the pair to <paramref name="node"/>.</summary>
    public static async Task<AmqpRequestLink> OpenAsync(
        AmqpConnection connection, string node, CancellationToken cancellationToken)
    {
        var link = new AmqpRequestLink();
        var session = await connection.BeginAsync(AnswersInFlightMax * 2, cancellationToken);
        link._session = session;
        link._receiver = await session.AttachReceiverAsync(
            new AmqpAttach
            {
                Name = link._replyTo + "-in",
                IsReceiver = true,
                Source = AmqpTerminus.Source(node),
                Target = AmqpTerminus.Target(link._replyTo),
                SenderSettleMode = 1,
            },
            link,
            cancellationToken);
        link._sender = await session.AttachSenderAsync(
            new AmqpAttach
            {
                Name = link._replyTo + "-out",
                Source = AmqpTerminus.Source(link._replyTo),
                Target = AmqpTerminus.Target(node),
            },
            link,
            cancellationToken);
        link._receiver.AddCredit(AnswersInFlightMax);
        return link;
    }

    /// <summary>Sends a request and returns its answer, whatever that says.</summary>
    /// <exception cref="AmqpProtocolException">The link ended before the answer came.</exception>
    public async Task<AmqpExchange> RequestAsync(
        IReadOnlyDictionary<string, object?> properties, object? body, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<AmqpExchange>(TaskCreationOptions.RunContinuationsAsynchronously);
        var id = Interlocked.Increment(ref _lastId).ToString(CultureInfo.InvariantCulture);
        var buffer = new AmqpBuffer();
        new AmqpExchange
        {
            MessageId = id,
            ReplyTo = _replyTo,
            To = _sender!.Local.Target?.Address,
            Properties = properties,
            Body = body,
        }.Write(buffer);
        lock (_gate)
        {
            if (_ended is not null)
            {
                throw new AmqpProtocolException(_ended);
            }

            _awaited.Add(id, answer);
            _unsent.Enqueue(buffer.Span.ToArray());
        }

        SendWhatCan();
        try
        {
            return await answer.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            lock (_gate)
            {
                _awaited.Remove(id);
            }
        }
    }

    void IAmqpSenderEvents.OnSendable(AmqpSendingLink link) => SendWhatCan();

    void IAmqpSenderEvents.OnSettled(
        AmqpSendingLink link, ReadOnlySpan<AmqpSettled> deliveries, AmqpOutcome outcome, bool isSettled)
    {
        // The answer tells more than the outcome of the request's delivery.
    }

    void IAmqpSenderEvents.OnDetached(AmqpSendingLink link, AmqpError? error, IReadOnlyList<AmqpSettled> unsettled) =>
        End(error);

    void IAmqpReceiverEvents.OnDelivery(AmqpReceivingLink link, in AmqpDelivery delivery)
    {
        var answer = AmqpExchange.Read(delivery.Payload);
        if (!delivery.IsSettled)
        {
            link.Settle(delivery.DeliveryId, AmqpOutcome.Accepted);
        }

        link.AddCredit(1);
        lock (_gate)
        {
            if (_awaited.Remove(answer.CorrelationId?.ToString() ?? "", out var awaited))
            {
                awaited.TrySetResult(answer);
            }
        }
    }

    void IAmqpReceiverEvents.OnDetached(AmqpReceivingLink link, AmqpError? error) => End(error);

    private void SendWhatCan()
    {
        lock (_gate)
        {
            while (_sender is not null && _unsent.TryPeek(out var next))
            {
                var outgoing = new AmqpOutgoing { Tag = "r"u8, IsSettled = true, Head = next };
                if (_sender.TrySend(outgoing, null, out _) != AmqpSendResult.Sent)
                {
                    return;
                }

                _unsent.Dequeue();
            }
        }
    }

    private void End(AmqpError? error)
    {
        lock (_gate)
        {
            _ended ??= error ?? new AmqpError(AmqpCondition.DetachForced, "The link was detached.");
            foreach (var awaited in _awaited.Values)
            {
                awaited.TrySetException(new AmqpProtocolException(_ended));
            }

            _awaited.Clear();
        }

        // One link of the pair is of no use without the other.
        _session?.End();
    }
}
