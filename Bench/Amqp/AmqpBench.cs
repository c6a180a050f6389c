using DataExport.Sandbox;
using DataExport.ServiceBus;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExport.Bench.Amqp;

/// <summary>
/// How fast messages of 2 KB go through the Sandbox's namespace and our client, both in this process, over loopback.
/// </summary>
internal static class AmqpBench
{
    private const string Queue = "bench";
    private const int BodyBytes = 2_048;
    private const int Messages = 60_000;
    private const int InFlight = 2_000;
    private const int WarmUpRounds = 5;

    private static readonly SandboxMessage Message = new(
        new byte[BodyBytes],
        "application/json",
        [
            new("http://schemas.microsoft.com/xrm/2011/Claims/Organization", "contoso.crm4.dynamics.com"),
            new("http://schemas.microsoft.com/xrm/2011/Claims/User", "ab7501c2-aa4e-ec11-8c62-000d3aba6cf0"),
            new("http://schemas.microsoft.com/xrm/2011/Claims/EntityLogicalName", "contact"),
            new("http://schemas.microsoft.com/xrm/2011/Claims/RequestName", "Update"),
        ]);

    /// <summary>Prints a JSON line a measure. Takes under ten seconds.</summary>
    public static async Task RunAsync()
    {
        var bus = new ServiceBusNamespace(
            new ServiceBusNamespaceOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        await using var busEnds = bus;
        bus.CreateQueue(Queue);
        bus.Start();
        await using var client = new ServiceBusClient(
            bus.ConnectionString, new ServiceBusClientOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        await using var receiver = client.CreateReceiver(Queue);

        for (var round = 0; round < WarmUpRounds; round++)
        {
            Enqueue(bus, Messages / 2);
            await ReceiveAsync(receiver, Messages / 2);
        }

        await MeasureAsync("amqp enqueue", () => Task.Run(() => Enqueue(bus, Messages)));
        await MeasureAsync("amqp receive and complete", () => ReceiveAsync(receiver, Messages));
        await MeasureAsync("amqp enqueue, receive and complete", () => Task.WhenAll(
            Task.Run(() => Enqueue(bus, Messages)), Task.Run(() => ReceiveAsync(receiver, Messages))));
    }

    private static void Enqueue(ServiceBusNamespace bus, int count)
    {
        for (var index = 0; index < count; index++)
        {
            bus.Enqueue(Queue, Message);
        }
    }

    /// <summary>
    /// Receives with <see cref="InFlight"/> in flight: a message that is completed makes room for one.
    /// </summary>
    private static async Task ReceiveAsync(ServiceBusReceiver receiver, int count)
    {
        var completed = new Countdown(count);
        receiver.Grant(Math.Min(InFlight, count));
        var toGrant = count - InFlight;
        for (var received = 0; received < count;)
        {
            await receiver.WaitToReadAsync();
            while (receiver.TryRead(out var message))
            {
                received++;
                _ = CompleteAsync(receiver, message, completed, grants: received <= toGrant);
            }
        }

        await completed.Task;
    }

    private static async Task CompleteAsync(
        ServiceBusReceiver receiver, ServiceBusReceivedMessage message, Countdown completed, bool grants)
    {
        await receiver.CompleteAsync(message);
        if (grants)
        {
            receiver.Grant(1);
        }

        completed.Count();
    }

    private static async Task MeasureAsync(string name, Func<Task> run)
    {
        var usage = Usage.Begin();
        await run();
        usage.Of(name, "amqp", Messages).Print();
    }

    /// <summary>Done when it was counted as often as was said.</summary>
    private sealed class Countdown(int left)
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _left = left;

        public Task Task => _done.Task;

        public void Count()
        {
            if (Interlocked.Decrement(ref _left) == 0)
            {
                _done.SetResult();
            }
        }
    }
}
