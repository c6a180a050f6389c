using System.Diagnostics;
using DataExport.Run.Hosting;
using DataExport.Sandbox;
using DataExport.ServiceBus;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExport.Bench.Change;

/// <summary>What the bus alone does: the same changes made, posted, received and completed, and nothing else.</summary>
internal static class BusCeiling
{
    private const int WarmUpMessages = 60_000;
    private const int Messages = 150_000;
    private const int InFlight = 2_000;

    /// <summary>Messages a second.</summary>
    public static async Task<double> MeasureAsync()
    {
        await using var sandbox = await SandboxEnvironment.StartAsync(
            new SandboxSettings { Rows = 10_000, Queues = [ExportSetup.Queue] },
            TimeProvider.System,
            CancellationToken.None);
        await using var client = new ServiceBusClient(
            sandbox.Bus.ConnectionString,
            new ServiceBusClientOptions(),
            TimeProvider.System,
            NullLoggerFactory.Instance);
        await using var receiver = client.CreateReceiver(ExportSetup.Queue);
        var driver = new ChangeDriver(
            sandbox, new ChangeGenerator(sandbox.Sandbox, seed: 1), InFlight * 2, TimeProvider.System);
        await PassAsync(driver, receiver, WarmUpMessages);
        var watch = Stopwatch.StartNew();
        await PassAsync(driver, receiver, Messages);
        return Messages / watch.Elapsed.TotalSeconds;
    }

    private static async Task PassAsync(ChangeDriver driver, ServiceBusReceiver receiver, int messages)
    {
        var driving = Task.Run(() => driver.RunAsync(messages, 0, CancellationToken.None));
        await ReceiveAsync(receiver, messages);
        await driving;
    }

    private static async Task ReceiveAsync(ServiceBusReceiver receiver, int messages)
    {
        receiver.Grant(InFlight);
        for (var received = 0; received < messages;)
        {
            _ = await receiver.WaitToReadAsync();
            while (receiver.TryRead(out var message))
            {
                received++;
                message.ReleaseBody();
                _ = CompleteAsync(receiver, message);
            }
        }
    }

    private static async Task CompleteAsync(ServiceBusReceiver receiver, ServiceBusReceivedMessage message)
    {
        await receiver.CompleteAsync(message);
        receiver.Grant(1);
    }
}
