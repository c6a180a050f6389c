using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace DataExport.Silo.Telemetry;

/// <summary>
/// Hands the metrics of the moment to a scraper, in Prometheus' text format. Nothing is kept between scrapes.
/// </summary>
internal sealed class PrometheusExporter : BaseExporter<Metric>, IPullMetricExporter
{
    private readonly Lock _scrape = new();
    private string _text = "";

    /// <summary>Set by the metric reader: reads every instrument and calls <see cref="Export"/>.</summary>
    public Func<int, bool>? Collect { get; set; }

    /// <summary>Reads every instrument now. One scrape at a time; the others wait.</summary>
    /// <exception cref="TimeoutException">The instruments did not answer within <paramref name="timeout"/>.</exception>
    public string Scrape(TimeSpan timeout)
    {
        lock (_scrape)
        {
            if (Collect is null || !Collect((int)timeout.TotalMilliseconds))
            {
                throw new TimeoutException($"The metrics were not collected within {timeout.TotalSeconds:0.#} s.");
            }

            return _text;
        }
    }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        var text = new PrometheusText();
        foreach (var metric in batch)
        {
            text.Add(metric);
        }

        _text = text.ToString();
        return ExportResult.Success;
    }
}
