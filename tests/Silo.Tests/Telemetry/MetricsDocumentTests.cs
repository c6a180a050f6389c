using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using DataExport.Silo.Telemetry;

namespace DataExport.Silo.Tests.Telemetry;

public sealed partial class MetricsDocumentTests
{
    [Fact]
    public void Document_Metrics_AreThoseOfTheSilo()
    {
        var written = Rows().Where(static row => row.Name.StartsWith("dataexport_", StringComparison.Ordinal));

        written.ShouldBe(Instruments(), ignoreOrder: true);
    }

    [Fact]
    public void Document_EveryMetric_IsExplainedOnce()
    {
        Rows().Select(static row => row.Name).ShouldBeUnique();
        Rows().ShouldNotBeEmpty();
    }

    private static List<(string Name, string Type)> Instruments()
    {
        var found = new List<(string, string)>();
        using var path = new PathInstruments(TimeProvider.System, meterName: Guid.NewGuid().ToString("N"));
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == path.MeterName)
                {
                    found.Add((NameOf(instrument), TypeOf(instrument)));
                }
            },
        };
        listener.Start();
        return found;
    }

    private static string NameOf(Instrument instrument) =>
        PrometheusName.Of(instrument.Name, instrument.Unit ?? "", TypeOf(instrument) == "counter");

    private static string TypeOf(Instrument instrument) => instrument.GetType().Name switch
    {
        "Counter`1" or "ObservableCounter`1" => "counter",
        "Histogram`1" => "histogram",
        _ => "gauge",
    };

    private static IEnumerable<(string Name, string Type)> Rows() =>
        from line in File.ReadLines(Repository.File("docs", "metrics.md"))
        let row = Row().Match(line)
        where row.Success
        select (row.Groups[1].Value, row.Groups[2].Value);

    [GeneratedRegex(@"^\| `([a-z_]+)` \| (counter|gauge|histogram) \| [^|]* \| .+ \|$")]
    private static partial Regex Row();
}
