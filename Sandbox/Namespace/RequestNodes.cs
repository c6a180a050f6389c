using DataExport.ServiceBus.Amqp;

namespace DataExport.Sandbox;

/// <summary>
/// The nodes that are asked and answer: $cbs and $management. Answers find their way as each SDK wants it: by the
/// address of the reply link's target, by the reply link's name, or, without any reply-to, by the session.
/// </summary>
internal sealed class RequestNodes
{
    public const uint Credit = 100;
    private readonly List<ReplyLink> _replyLinks = [];
    private readonly Lock _gate = new();

    /// <summary>A peer wants answers of <paramref name="node"/>.</summary>
    public void AcceptReplies(AmqpAttachRequest request, string node)
    {
        var replies = new ReplyLink(this, request.Session, request.Remote.Name, request.PeerAddress, node);
        lock (_gate)
        {
            _replyLinks.Add(replies);
        }

        request.AcceptReceiver(replies);
    }

    /// <summary>A peer wants to ask <paramref name="node"/>, which <paramref name="answer"/> is.</summary>
    public void AcceptRequests(
        AmqpAttachRequest request, string node, Func<AmqpExchange, AmqpExchange> answer) =>
        request.AcceptSender(new RequestLink(this, node, answer), Credit);

    private ReplyLink? Find(AmqpSession session, string node, string? replyTo)
    {
        lock (_gate)
        {
            return _replyLinks.Find(link => link.Session.Connection == session.Connection
                && link.Node == node
                && (replyTo is null ? link.Session == session : link.Address == replyTo || link.Name == replyTo));
        }
    }

    private void Remove(ReplyLink link)
    {
        lock (_gate)
        {
            _replyLinks.Remove(link);
        }
    }

    private sealed class RequestLink(RequestNodes nodes, string node, Func<AmqpExchange, AmqpExchange> answer)
        : IAmqpReceiverEvents
    {
        public void OnDelivery(AmqpReceivingLink link, in AmqpDelivery delivery)
        {
            var request = AmqpExchange.Read(delivery.Payload);
            if (!delivery.IsSettled)
            {
                link.Settle(delivery.DeliveryId, AmqpOutcome.Accepted);
            }

            link.AddCredit(1);
            nodes.Find(link.Session, node, request.ReplyTo)?.Send(answer(request));
        }

        public void OnDetached(AmqpReceivingLink link, AmqpError? error)
        {
            // Answers under way still go out on the reply link.
        }
    }

    private sealed class ReplyLink(
        RequestNodes nodes, AmqpSession session, string name, string? address, string node) : IAmqpSenderEvents
    {
        // A peer that asks and asks and takes no answer is cut off.
        private const int UnsentMax = 1_000;
        private const long UnsentBytesMax = 64 * 1024 * 1024;

        private readonly Queue<byte[]> _unsent = new();
        private long _unsentBytes;
        private readonly Lock _gate = new();
        private AmqpSendingLink? _link;

        public AmqpSession Session => session;

        public string Name => name;

        public string? Address => address;

        public string Node => node;

        public void Send(AmqpExchange answer)
        {
            var buffer = new AmqpBuffer();
            answer.Write(buffer);
            bool isFull;
            lock (_gate)
            {
                isFull = _unsent.Count >= UnsentMax || _unsentBytes >= UnsentBytesMax;
                if (!isFull)
                {
                    _unsent.Enqueue(buffer.Span.ToArray());
                    _unsentBytes += buffer.Length;
                }
            }

            SendWhatCan();
            if (isFull)
            {
                _link?.Detach(new AmqpError(AmqpCondition.ResourceLimitExceeded, "Answers are not taken."));
            }
        }

        public void OnSendable(AmqpSendingLink link)
        {
            _link = link;
            SendWhatCan();
            if (link.IsDraining)
            {
                link.EndDrain();
            }
        }

        public void OnSettled(
            AmqpSendingLink link, ReadOnlySpan<AmqpSettled> deliveries, AmqpOutcome outcome, bool isSettled)
        {
            // Answers are sent settled.
        }

        public void OnDetached(AmqpSendingLink link, AmqpError? error, IReadOnlyList<AmqpSettled> unsettled) =>
            nodes.Remove(this);

        private void SendWhatCan()
        {
            lock (_gate)
            {
                while (_link is not null && _unsent.TryPeek(out var next))
                {
                    var outgoing = new AmqpOutgoing { Tag = "a"u8, IsSettled = true, Head = next };
                    if (_link.TrySend(outgoing, null, out _) != AmqpSendResult.Sent)
                    {
                        return;
                    }

                    _unsent.Dequeue();
                    _unsentBytes -= next.Length;
                }
            }
        }
    }
}
