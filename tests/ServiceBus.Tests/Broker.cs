using System.Text;
using DataExport.Sandbox;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExport.ServiceBus.Tests;

/// <summary>A started namespace with one queue, and a client on it.</summary>
internal sealed class Broker : IAsyncDisposable
{
    public const string Queue = "orders";

    /// <summary>How long a test waits for what must come. It is a fault's limit, never a pace.</summary>
    public static readonly TimeSpan Patience = DataExport.Patience.Limit;

    private Broker(ServiceBusNamespace bus, ServiceBusClient client) => (Bus, Client) = (bus, client);

    public ServiceBusNamespace Bus { get; }

    public ServiceBusClient Client { get; }

    public static Broker Start(SandboxQueueOptions? queue = null, TimeProvider? clock = null)
    {
        var bus = new ServiceBusNamespace(
            new ServiceBusNamespaceOptions(), clock ?? TimeProvider.System, NullLoggerFactory.Instance);
        bus.CreateQueue(Queue, queue);
        bus.Start();
        return new Broker(bus, Connect(bus));
    }

    public static ServiceBusClient Connect(ServiceBusNamespace bus, int messageBytesMax = 16 * 1024 * 1024)
    {
        var options = new ServiceBusClientOptions
        {
            ReconnectDelay = TimeSpan.FromMilliseconds(1),
            MessageBytesMax = messageBytesMax,
        };
        return new ServiceBusClient(bus.ConnectionString, options, TimeProvider.System, NullLoggerFactory.Instance);
    }

    public static async Task<ServiceBusReceivedMessage> NextAsync(ServiceBusReceiver receiver)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (await receiver.WaitToReadAsync(patience.Token))
        {
            if (receiver.TryRead(out var message))
            {
                return message;
            }
        }

        throw new InvalidOperationException("The receiver is disposed.");
    }

    public long Enqueue(string body) => Bus.Enqueue(Queue, new SandboxMessage(Encoding.UTF8.GetBytes(body)));

    /// <summary>Enqueues a message, and receives it with a receiver that has no credit left.</summary>
    public async Task<(ServiceBusReceiver Receiver, ServiceBusReceivedMessage Message)> ReceiveOneAsync(string body)
    {
        Enqueue(body);
        var receiver = Client.CreateReceiver(Queue);
        receiver.Grant(1);
        return (receiver, await NextAsync(receiver));
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Bus.DisposeAsync();
    }
}
