using DataExport.Client;
using DataExport.Run.Hosting;

namespace DataExport.Run.Once;

/// <summary>Cuts connections and kills the silo, again and again. All choices come from the seed.</summary>
internal sealed class ChaosDriver(
    SandboxEnvironment environment, SiloProcess silo, DataExportClient client, OnceOptions options, TimeProvider clock)
{
    private readonly Patience _patience = new(silo, mayBeKilled: true, clock);

    /// <summary>How often the silo was killed.</summary>
    public int Kills { get; private set; }

    /// <summary>How often the connections were cut.</summary>
    public int Cuts { get; private set; }

    /// <summary>Goes on until cancelled. Returns with the silo running.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(KillAsync(cancellationToken), CutAsync(cancellationToken));

    private async Task KillAsync(CancellationToken cancellationToken)
    {
        var random = new Random(options.Seed);
        var limits = options.ChaosLimits;

        // The first kill comes early, so that it meets activation and initial sync.
        var rest = Between(random, TimeSpan.Zero, limits.KillAfterMin);
        while (await RestAsync(rest, cancellationToken))
        {
            await silo.KillAsync();
            Kills++;
            silo.Start();
            await _patience.WaitUntilReadyAsync(client, CancellationToken.None);
            rest = Between(random, limits.KillAfterMin, limits.KillAfterMax);
        }
    }

    private async Task CutAsync(CancellationToken cancellationToken)
    {
        var random = new Random(options.Seed + 1);
        while (await RestAsync(Between(random, TimeSpan.Zero, 2 * options.ChaosLimits.CutEvery), cancellationToken))
        {
            environment.Bus.DropConnections();
            Cuts++;
        }
    }

    private static TimeSpan Between(Random random, TimeSpan min, TimeSpan max) =>
        min + (random.NextDouble() * (max - min));

    /// <summary>Waits. Returns whether to go on.</summary>
    private async Task<bool> RestAsync(TimeSpan rest, CancellationToken cancellationToken)
    {
        await Task.Delay(rest, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancellationToken.IsCancellationRequested;
    }
}
