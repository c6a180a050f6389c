using DataExport.Run.Hosting;
using DataExport.Sandbox;

namespace DataExport.Run.Commands;

/// <summary><c>./run sandbox</c>: the environment and the namespace alone.</summary>
internal static class SandboxCommand
{
    private const int BacklogMax = 100_000;

    /// <summary>Listens until cancelled.</summary>
    public static async Task<int> RunAsync(
        SandboxSettings settings, double changesPerSecond, TimeProvider clock, CancellationToken cancellationToken)
    {
        await using var environment = await SandboxEnvironment.StartAsync(settings, clock, cancellationToken);
        Console.Out.WriteLine($"SourceUrl: {environment.Host.EnvironmentAddress}");
        foreach (var queue in settings.Queues.Concat(settings.RegisteredQueues).Concat(settings.SessionQueues))
        {
            Console.Out.WriteLine($"NotificationConnection: {environment.ConnectionOf(queue)}");
        }

        foreach (var table in environment.Sandbox.Tables)
        {
            Console.Out.WriteLine($"Table {table.Name}: {environment.Sandbox.Count(table):N0} rows");
        }

        var generator = new ChangeGenerator(environment.Sandbox, settings.Seed);
        var driver = new ChangeDriver(environment, generator, BacklogMax, clock);
        await driver.RunAsync(changesPerSecond > 0 ? long.MaxValue : 0, changesPerSecond, cancellationToken);
        await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ExitCode.Success;
    }
}
