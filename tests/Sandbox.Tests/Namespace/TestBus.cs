using System.Text;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExport.Sandbox.Tests;

/// <summary>A started namespace with one queue, in memory or on disk, whose time stands still.</summary>
internal sealed class TestBus : IAsyncDisposable
{
    public const string Queue = "orders";

    /// <summary>How long a test waits for what must come. It is a fault's limit, never a pace.</summary>
    public static readonly TimeSpan Patience = DataExport.Patience.Limit;

    private readonly ServiceBusNamespace _bus;

    private TestBus(ServiceBusNamespace bus, FakeClock clock) => (_bus, Clock) = (bus, clock);

    public FakeClock Clock { get; }

    public int Port => _bus.Port;

    public QueueCounts Counts => _bus.GetQueueCounts(Queue);

    /// <summary>The queue itself, for what has no way over the wire.</summary>
    public SandboxQueue Inner => _bus.Resolve(Queue)!;

    public static TestBus Start(
        SandboxQueueOptions? queue = null,
        string? directory = null,
        FakeClock? clock = null,
        QueueLogOptions? log = null)
    {
        clock ??= new FakeClock();
        var options = new ServiceBusNamespaceOptions
        {
            DataDirectory = directory,
            Log = log ?? new QueueLogOptions(),
        };
        var bus = new ServiceBusNamespace(options, clock, NullLoggerFactory.Instance);
        bus.CreateQueue(Queue, queue);
        bus.Start();
        return new TestBus(bus, clock);
    }

    public static SandboxMessage Message(string body, string? session = null) =>
        new(Encoding.UTF8.GetBytes(body)) { SessionId = session };

    public Task<TestPeer> ConnectAsync() => TestPeer.ConnectAsync(_bus.Port);

    public long Enqueue(string body, string? session = null) => _bus.Enqueue(Queue, Message(body, session));

    public long Enqueue(in SandboxMessage message) => _bus.Enqueue(Queue, message);

    /// <summary>The bodies of all messages as a peek shows them, in their order.</summary>
    public string[] Peek(string? session = null) => Peek(Inner, session);

    public string[] PeekDeadLetters() => Peek(Inner.DeadLetters!, null);

    public IReadOnlyList<DeadLetter> DeadLetters() => _bus.DeadLetters(Queue);

    public async ValueTask DisposeAsync() => await _bus.DisposeAsync();

    private static string[] Peek(SandboxQueue queue, string? session) =>
    [
        .. queue.Peek(new PeekQuery(0, int.MaxValue, session, OmitsBody: false), int.MaxValue)
            .Select(encoded => TestMessage.Read(encoded).Body),
    ];
}
