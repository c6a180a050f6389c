using System.Buffers.Binary;
using DataExport.ServiceBus.Amqp;

namespace DataExport.ServiceBus;

/// <summary>One of the links of a sender that follow one another: sends when there is credit, waits when not.</summary>
internal sealed class SenderLink : IAmqpSenderEvents
{
    private readonly Queue<Send> _unsent = new();
    private readonly Lock _gate = new();
    private AmqpSendingLink? _link;
    private bool _hasEnded;
    private uint _lastTag;

    /// <summary>Whether the link can be used.</summary>
    public bool IsOpen => !_hasEnded;

    /// <summary>Why the link has ended, as far as the broker told.</summary>
    public AmqpError? Error { get; private set; }

    /// <summary>The largest message that the broker takes; 0 for no limit.</summary>
    public ulong MessageBytesMax => _link?.PeerMessageBytesMax ?? 0;

    public void Attach(AmqpSendingLink link)
    {
        lock (_gate)
        {
            _link = link;
        }

        SendWhatCan();
    }

    /// <summary>Detaches. What is under way fails, what has not been sent is told so.</summary>
    public void Detach() => _link?.Session.End();

    /// <summary>Sends and returns the broker's outcome; null if the link ended before anything was sent.</summary>
    public async Task<AmqpOutcome?> SendAsync(
        ReadOnlyMemory<byte> payload, uint format, CancellationToken cancellationToken)
    {
        var send = new Send(payload, format);
        lock (_gate)
        {
            if (_hasEnded)
            {
                return null;
            }

            _unsent.Enqueue(send);
        }

        SendWhatCan();
        await using var registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((Send)state!).Outcome.TrySetCanceled(token), send);
        return await send.Outcome.Task;
    }

    public void OnSendable(AmqpSendingLink link)
    {
        SendWhatCan();
        if (link.IsDraining)
        {
            link.EndDrain();
        }
    }

    public void OnSettled(
        AmqpSendingLink link, ReadOnlySpan<AmqpSettled> deliveries, AmqpOutcome outcome, bool isSettled)
    {
        foreach (var delivery in deliveries)
        {
            ((Send)delivery.State!).Outcome.TrySetResult(outcome);
            if (!isSettled)
            {
                link.Confirm(delivery.DeliveryId, outcome);
            }
        }
    }

    public void OnDetached(AmqpSendingLink link, AmqpError? error, IReadOnlyList<AmqpSettled> unsettled)
    {
        lock (_gate)
        {
            _hasEnded = true;
            Error = error;
            while (_unsent.TryDequeue(out var unsent))
            {
                unsent.Outcome.TrySetResult(null);
            }
        }

        var reason = error ?? new AmqpError(AmqpCondition.DetachForced, "The link was detached.");
        foreach (var delivery in unsettled)
        {
            ((Send)delivery.State!).Outcome.TrySetException(ServiceBusErrors.ToException(reason));
        }

        link.Session.End();
    }

    private void SendWhatCan()
    {
        Span<byte> tag = stackalloc byte[sizeof(uint)];
        lock (_gate)
        {
            while (_link is not null && _unsent.TryPeek(out var next))
            {
                BinaryPrimitives.WriteUInt32BigEndian(tag, ++_lastTag);
                var outgoing = new AmqpOutgoing { Tag = tag, MessageFormat = next.Format, Head = next.Payload.Span };
                if (!next.Outcome.Task.IsCompleted
                    && _link.TrySend(outgoing, next, out _) != AmqpSendResult.Sent)
                {
                    return;
                }

                _unsent.Dequeue();
            }
        }
    }

    private sealed class Send(ReadOnlyMemory<byte> payload, uint format)
    {
        public ReadOnlyMemory<byte> Payload => payload;

        public uint Format => format;

        public TaskCompletionSource<AmqpOutcome?> Outcome { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
