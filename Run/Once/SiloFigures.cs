using DataExport.Client;
using DataExport.Run.Hosting;

namespace DataExport.Run.Once;

/// <summary>
/// Adds up a silo's counters and memory over its restarts. A killed silo takes along what it counted since it was last
/// asked.
/// </summary>
internal sealed class SiloFigures(SiloProcess silo, DataExportClient client, TimeProvider clock)
{
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(500);

    private readonly CountedLives _uncertain = new();
    private readonly CountedLives _waits = new();
    private readonly CountedLives _waitsShare = new();

    /// <summary>The profile whose source's budget is looked at.</summary>
    public string? ProfileId { get; set; }

    /// <summary>Changes that were answered "uncertain".</summary>
    public long Uncertain => (long)_uncertain.Sum;

    /// <summary>How much of a limit was used when a request had to wait for it, on average.</summary>
    public double BudgetUsedPercent => _waits.Sum > 0 ? 100 * _waitsShare.Sum / _waits.Sum : 0;

    /// <summary>Highest memory, bytes.</summary>
    public long PeakMemoryBytes => silo.MeasurePeakBytes();

    /// <summary>Asks now and then, until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await MeasureAsync(cancellationToken);
            await Task.Delay(_interval, clock, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Asks now.</summary>
    public async Task MeasureAsync(CancellationToken cancellationToken)
    {
        _ = silo.MeasurePeakBytes();
        var life = silo.Starts;
        try
        {
            _uncertain.Tell(life, SiloMetrics.Sum(
                await client.GetMetricsAsync(cancellationToken),
                "dataexport_changes_answered_total",
                "status=\"uncertain\""));
            await MeasureBudgetAsync(life, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or DataExportException
            or OperationCanceledException)
        {
            // Killed or starting. What was counted before stands.
        }
    }

    private async Task MeasureBudgetAsync(int life, CancellationToken cancellationToken)
    {
        if (ProfileId is { } id
            && (await client.GetProfileAsync(id, withStatus: true, cancellationToken)).Report?.Source is { } budget)
        {
            _waits.Tell(life, budget.Waits);
            _waitsShare.Tell(life, budget.WaitsShare);
        }
    }

    /// <summary>A number that grows within a life of the silo and begins anew with the next.</summary>
    private sealed class CountedLives
    {
        private double _before;
        private double _now;
        private int _life;

        public double Sum => _before + _now;

        public void Tell(int life, double count)
        {
            if (life != _life)
            {
                (_before, _life) = (_before + _now, life);
            }

            _now = count;
        }
    }
}
