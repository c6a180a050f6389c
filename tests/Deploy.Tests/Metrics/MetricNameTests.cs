using DataExport.Deploy.Tests.Live;

namespace DataExport.Deploy.Tests.Metrics;

/// <summary>What a silo exposes is explained, and what dashboards ask for exists.</summary>
[Collection(LiveSystemCollection.Name)]
public sealed class MetricNameTests(LiveSystem live)
{
    [Fact]
    public async Task Silo_EveryMetric_IsExplained()
    {
        var lines = (await live.Client.GetMetricsAsync()).Split('\n');
        var names = lines
            .Where(static line => line.StartsWith("# TYPE ", StringComparison.Ordinal))
            .Select(static line => line.Split(' ')[2])
            .ToArray();

        names.ShouldContain("dataexport_change_latency_seconds");
        names.Where(static name => !MetricNames.IsExplained(name)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Silo_GrainActivations_AreShown() =>
        (await live.Client.GetMetricsAsync()).ShouldContain(
            "\norleans_catalog_activations{grain_type=\"record\"} ");

    [Fact]
    public void Dashboard_EveryMetric_IsExplained() => Dashboard.Overview.Expressions
        .SelectMany(static query => MetricNames.In(query.Expression))
        .Where(static name => !MetricNames.IsExplained(name))
        .ShouldBeEmpty();
}
