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

    private double _uncertainBefore;
    private double _uncertainNow;
    private int _life;

    /// <summary>Changes that were answered "uncertain".</summary>
    public long Uncertain => (long)(_uncertainBefore + _uncertainNow);

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
            var uncertain = SiloMetrics.Sum(
                await client.GetMetricsAsync(cancellationToken),
                "dataexport_changes_answered_total",
                "status=\"uncertain\"");
            if (life != _life)
            {
                (_uncertainBefore, _life) = (_uncertainBefore + _uncertainNow, life);
            }

            _uncertainNow = uncertain;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or DataExportException
            or OperationCanceledException)
        {
            // Killed or starting. What was counted before stands.
        }
    }
}
