using DataExport.Client;
using DataExport.Run.Hosting;
using DataExport.Run.Once;
using DataExport.Sandbox;

namespace DataExport.Run.Live;

/// <summary>Asks silo and Sandbox how far they are. Rates are those since it was last asked.</summary>
internal sealed class ProgressReader(
    DataExportClient client, string profileId, SandboxEnvironment environment, ChangeDriver driver, TimeProvider clock)
{
    private Counters _last;
    private long _lastTimestamp;

    public async Task<Progress> ReadAsync(CancellationToken cancellationToken)
    {
        var profile = await client.GetProfileAsync(profileId, withStatus: true, cancellationToken);
        var counters = Counters.Parse(await client.GetMetricsAsync(cancellationToken));
        var timestamp = clock.GetTimestamp();
        var since = counters.Minus(_last);
        var seconds = _lastTimestamp == 0 ? 0 : clock.GetElapsedTime(_lastTimestamp, timestamp).TotalSeconds;
        (_last, _lastTimestamp) = (counters, timestamp);

        var report = profile.Report ?? new ProfileReport();
        return new Progress
        {
            Status = report.Status,
            Message = report.Message,
            Tables = [.. report.Tables.Select(TableOf)],
            ChangesMade = driver.Made,
            ChangesPerSecond = seconds > 0 ? since.Answered / seconds : 0,
            Lag = since.Answered > 0 ? TimeSpan.FromSeconds(since.LatencySeconds / since.Answered) : null,
            Provisional = report.Pending,
            Failures = report.FailedRecords,
        };
    }

    private TableProgress TableOf(TableReport report)
    {
        var atSource = environment.Sandbox.Tables.FirstOrDefault(table => table.Name == report.Table);
        var rows = atSource is null ? 0 : environment.Sandbox.Count(atSource);
        var total = report.RowsTotal > 0 ? report.RowsTotal : rows;
        return new TableProgress(report.Table, report.Phase, report.RowsDone, total, rows, report.Pending);
    }

    private readonly record struct Counters(double Answered, double LatencySeconds)
    {
        public static Counters Parse(string metrics) => new(
            SiloMetrics.Sum(metrics, "dataexport_change_latency_seconds_count"),
            SiloMetrics.Sum(metrics, "dataexport_change_latency_seconds_sum"));

        public Counters Minus(Counters other) => new(Answered - other.Answered, LatencySeconds - other.LatencySeconds);
    }
}
