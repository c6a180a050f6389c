using DataExport.Run.Once;

namespace DataExport.Run.Tests;

public sealed class SiloMetricsTests
{
    private const string Text = """
        # HELP dataexport_changes_answered_total Record changes answered.
        # TYPE dataexport_changes_answered_total counter
        dataexport_changes_answered_total{profile="a",status="applied"} 12
        dataexport_changes_answered_total{profile="a",status="uncertain"} 3
        dataexport_changes_answered_total{profile="b",status="uncertain"} 4
        dataexport_changes_answered_total_other{status="uncertain"} 100
        dataexport_latency_seconds_sum 1.5E-3
        """;

    [Fact]
    public void Sum_OfAName_AddsAllItsSeries() =>
        SiloMetrics.Sum(Text, "dataexport_changes_answered_total").ShouldBe(19);

    [Fact]
    public void Sum_WithALabel_AddsThoseThatBearIt() =>
        SiloMetrics.Sum(Text, "dataexport_changes_answered_total", "status=\"uncertain\"").ShouldBe(7);

    [Fact]
    public void Sum_SeriesWithoutLabels_IsRead() =>
        SiloMetrics.Sum(Text, "dataexport_latency_seconds_sum").ShouldBe(0.0015);

    [Fact]
    public void Sum_UnknownName_IsZero() => SiloMetrics.Sum(Text, "nothing").ShouldBe(0);
}
