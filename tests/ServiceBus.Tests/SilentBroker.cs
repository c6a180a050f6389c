using System.Threading.Channels;
using DataExport.ServiceBus.Amqp;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExport.ServiceBus.Tests;

/// <summary>
/// A broker that takes every link and every token and then says nothing: no messages, no drains, no settlements. Its
/// own clock stands still, so that it sends no heartbeat either.
/// </summary>
internal sealed class SilentBroker : IAmqpBroker, IAmqpReceiverEvents, IAsyncDisposable
{
    private readonly AmqpListener _listener;
    private readonly Channel<Consumer> _consumers = Channel.CreateUnbounded<Consumer>();
    private readonly Channel<AmqpExchange> _tokens = Channel.CreateUnbounded<AmqpExchange>();

    private Consumer? _tokenAnswers;
    private int _tokensAnswered;

    private SilentBroker() => _listener = new AmqpListener(
        new AmqpConnectionSettings { ContainerId = "silent" }, this, new FakeClock(), NullLogger.Instance);

    public static SilentBroker Start()
    {
        var broker = new SilentBroker();
        broker._listener.Start(0);
        return broker;
    }

    public ServiceBusClient Connect(FakeClock clock, ServiceBusClientOptions? options = null)
    {
        var text = $"Endpoint=sb://127.0.0.1:{_listener.Port};SharedAccessKeyName=n;SharedAccessKey=k;"
            + "UseDevelopmentEmulator=true";
        options ??= new ServiceBusClientOptions { ReconnectDelay = TimeSpan.Zero };
        return new ServiceBusClient(text, options, clock, NullLoggerFactory.Instance);
    }

    /// <summary>Tokens that were put and answered so far.</summary>
    public int TokensAnswered => Volatile.Read(ref _tokensAnswered);

    /// <summary>Whether tokens are not answered.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>The next link that a receiver has attached.</summary>
    public Task<Consumer> NextConsumerAsync() => _consumers.Reader.ReadAsync().AsTask().WaitAsync(Broker.Patience);

    /// <summary>The next token that a client has put.</summary>
    public Task<AmqpExchange> NextTokenAsync() => _tokens.Reader.ReadAsync().AsTask().WaitAsync(Broker.Patience);

    public void OnAttach(AmqpAttachRequest request)
    {
        if (request.PeerReceives)
        {
            var consumer = new Consumer();
            consumer.Accept(request);
            if (request.Address == "$cbs")
            {
                _tokenAnswers = consumer;
            }
            else
            {
                _consumers.Writer.TryWrite(consumer);
            }

            return;
        }

        request.AcceptSender(this, 100);
    }

    void IAmqpReceiverEvents.OnDelivery(AmqpReceivingLink link, in AmqpDelivery delivery)
    {
        var request = AmqpExchange.Read(delivery.Payload);
        _tokens.Writer.TryWrite(request);
        if (!IsDeaf)
        {
            Interlocked.Increment(ref _tokensAnswered);
            _ = AnswerAsync(_tokenAnswers!, request);
        }
    }

    void IAmqpReceiverEvents.OnDetached(AmqpReceivingLink link, AmqpError? error)
    {
    }

    private static async Task AnswerAsync(Consumer answers, AmqpExchange request)
    {
        // The request may come before the credit for its answer.
        var link = await answers.Granted;
        var answer = new AmqpBuffer();
        new AmqpExchange
        {
            CorrelationId = request.MessageId,
            Properties = new Dictionary<string, object?> { ["status-code"] = 200 },
        }.Write(answer);
        link.TrySend(new AmqpOutgoing { Tag = "a"u8, IsSettled = true, Head = answer.Span }, null, out _);
    }

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    internal sealed class Consumer : IAmqpSenderEvents
    {
        private readonly TaskCompletionSource<AmqpSendingLink> _granted = new();
        private readonly TaskCompletionSource _draining = new();
        private readonly Channel<uint> _credits = Channel.CreateUnbounded<uint>();

        public Task<AmqpSendingLink> Granted => _granted.Task.WaitAsync(Broker.Patience);

        public Task Draining => _draining.Task.WaitAsync(Broker.Patience);

        /// <summary>The credit after the next word of the receiver.</summary>
        public Task<uint> NextCreditAsync() => _credits.Reader.ReadAsync().AsTask().WaitAsync(Broker.Patience);

        public void Accept(AmqpAttachRequest request) => request.AcceptReceiver(this);

        public void OnSendable(AmqpSendingLink link)
        {
            _granted.TrySetResult(link);
            _credits.Writer.TryWrite(link.Credit);
            if (link.IsDraining)
            {
                _draining.TrySetResult();
            }
        }

        public void OnSettled(
            AmqpSendingLink link, ReadOnlySpan<AmqpSettled> deliveries, AmqpOutcome outcome, bool isSettled)
        {
        }

        public void OnDetached(AmqpSendingLink link, AmqpError? error, IReadOnlyList<AmqpSettled> unsettled)
        {
        }
    }
}
