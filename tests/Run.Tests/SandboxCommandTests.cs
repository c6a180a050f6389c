using System.Globalization;
using System.Text;
using DataExport.ServiceBus;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExport.Run.Tests;

public sealed class SandboxCommandTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sandbox-").FullName;

    [Fact]
    public async Task DataDirectory_KilledWhileMessagesAreSent_HoldsEveryOneThatWasAcknowledged()
    {
        const int killAfter = 300;
        string[] switches = ["--data-dir", _directory, "--queue", "orders"];
        var acknowledged = new List<int>();
        await using (var sandbox = await SandboxProcess.StartAsync(switches))
        {
            await SendUntilKilledAsync(sandbox, acknowledged, killAfter);
        }

        acknowledged.Count.ShouldBeGreaterThanOrEqualTo(killAfter);
        await using var restarted = await SandboxProcess.StartAsync(switches);
        var received = await ReceiveAsync(restarted, acknowledged.Max());

        acknowledged.Except(received).ShouldBeEmpty();
        received.Distinct().Count().ShouldBe(received.Count, "no message was sent twice");
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static async Task SendUntilKilledAsync(SandboxProcess sandbox, List<int> acknowledged, int killAfter)
    {
        await using var client = Connect(sandbox);
        await using var sender = client.CreateSender("orders");
        var killing = Task.CompletedTask;
        using var stop = new CancellationTokenSource();
        try
        {
            for (var number = 0; ; number++)
            {
                var body = Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture));
                await sender.SendAsync(new ServiceBusMessage(body), stop.Token).WaitAsync(Patience.Limit, stop.Token);
                acknowledged.Add(number);
                if (number == killAfter)
                {
                    killing = KillAsync(sandbox, stop);
                }
            }
        }
        catch (Exception exception) when (exception is ServiceBusException or OperationCanceledException)
        {
            // Killed: whether the last one is there nobody was told.
        }

        await killing;
    }

    private static async Task KillAsync(SandboxProcess sandbox, CancellationTokenSource stop)
    {
        await Task.Yield();
        await sandbox.KillAsync();
        await stop.CancelAsync();
    }

    /// <summary>Receives up to the message that was sent last, in the order in which they come.</summary>
    private static async Task<List<int>> ReceiveAsync(SandboxProcess sandbox, int last)
    {
        await using var client = Connect(sandbox);
        await using var receiver = client.CreateReceiver("orders");
        receiver.Grant(10_000);
        using var patience = new CancellationTokenSource(Patience.Limit);
        var received = new List<int>();
        while (!received.Contains(last) && await receiver.WaitToReadAsync(patience.Token))
        {
            while (receiver.TryRead(out var message))
            {
                received.Add(int.Parse(message.Body.Span, CultureInfo.InvariantCulture));
                await receiver.CompleteAsync(message);
            }
        }

        return received;
    }

    private static ServiceBusClient Connect(SandboxProcess sandbox) => new(
        sandbox.Connection, new ServiceBusClientOptions(), TimeProvider.System, NullLoggerFactory.Instance);
}
