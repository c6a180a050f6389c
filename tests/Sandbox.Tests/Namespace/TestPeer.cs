using System.Net;
using System.Net.Sockets;
using DataExport.ServiceBus.Amqp;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExport.Sandbox.Tests;

/// <summary>A peer with all of the protocol that our client does not use: sessions, $management.</summary>
internal sealed class TestPeer : IAsyncDisposable
{
    private const uint Window = 5_000;
    private readonly AmqpConnection _connection;

    private TestPeer(AmqpConnection connection) => _connection = connection;

    public static async Task<TestPeer> ConnectAsync(int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return new TestPeer(await AmqpConnection.ConnectAsync(
            new NetworkStream(socket, ownsSocket: true),
            new AmqpConnectionSettings { ContainerId = "peer" },
            TimeProvider.System,
            NullLogger.Instance,
            CancellationToken.None));
    }

    public Task<TestReceiver> ReceiveAsync(string address = TestBus.Queue, bool deletes = false) =>
        AttachAsync(AmqpTerminus.Source(address), deletes);

    /// <summary>Takes a session by its id, or with null any.</summary>
    public Task<TestReceiver> ReceiveSessionAsync(string? id, uint? waitMilliseconds = null) => AttachAsync(
        AmqpTerminus.FilteredSource(TestBus.Queue, NamespaceNodes.SessionFilter, id), false, waitMilliseconds);

    public async Task<AmqpSendingLink> SendAsync(IAmqpSenderEvents events, string address = TestBus.Queue)
    {
        var session = await _connection.BeginAsync(Window, CancellationToken.None);
        return await session.AttachSenderAsync(
            new AmqpAttach
            {
                Name = Guid.NewGuid().ToString("N"),
                Source = AmqpTerminus.Source("peer"),
                Target = AmqpTerminus.Target(address),
            },
            events,
            CancellationToken.None).WaitAsync(TestBus.Patience);
    }

    /// <summary>Asks the queue's $management; returns status code and body.</summary>
    public async Task<(int Status, Dictionary<object, object?> Body)> AskAsync(
        string operation, Dictionary<string, object?> body, string queue = TestBus.Queue)
    {
        var link = await AmqpRequestLink.OpenAsync(_connection, queue + "/$management", CancellationToken.None);
        var answer = await link
            .RequestAsync(
                new Dictionary<string, object?> { ["operation"] = "com.microsoft:" + operation },
                body,
                CancellationToken.None)
            .WaitAsync(TestBus.Patience);
        return ((int)answer.Properties["statusCode"]!, (Dictionary<object, object?>)answer.Body!);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task<TestReceiver> AttachAsync(AmqpTerminus source, bool deletes, uint? waitMilliseconds = null)
    {
        var session = await _connection.BeginAsync(Window, CancellationToken.None);
        var receiver = new TestReceiver();
        var link = await session.AttachReceiverAsync(
            new AmqpAttach
            {
                Name = Guid.NewGuid().ToString("N"),
                IsReceiver = true,
                SenderSettleMode = deletes ? (byte)1 : (byte)0,
                ReceiverSettleMode = deletes ? (byte)0 : (byte)1,
                Source = source,
                Target = AmqpTerminus.Target("peer"),
                Properties = waitMilliseconds is { } wait
                    ? new Dictionary<string, object?> { ["com.microsoft:timeout"] = wait }
                    : null,
            },
            receiver,
            CancellationToken.None).WaitAsync(TestBus.Patience);
        receiver.Attach(link);
        return receiver;
    }
}
