using DataExport.Deploy.Tests.Live;
using DataExport.Deploy.Tests.Tools;

namespace DataExport.Deploy.Tests.Metrics;

/// <summary>The alert rules: understood, firing when they should, quiet while a silo works.</summary>
[Collection(LiveSystemCollection.Name)]
public sealed class RuleTests(LiveSystem live)
{
    private static readonly string _folder = Repository.File("deploy", "prometheus");

    [Fact]
    public async Task Rules_Syntax_IsUnderstood()
    {
        var run = await ToolRun.RunAsync(_folder, "promtool", "check", "rules", "--lint=all", "dataexport.rules.yml");

        run.ExitCode.ShouldBe(0, run.Said);
    }

    [Fact]
    public async Task Rules_MadeUpSeries_FireWhenTheyShould()
    {
        var run = await ToolRun.RunAsync(_folder, "promtool", "test", "rules", "dataexport.rules.test.yml");

        run.ExitCode.ShouldBe(0, run.Said);
    }

    [Fact]
    public async Task Rules_WhileASiloWorks_AreQuiet()
    {
        // Before its first scrape Prometheus knows of no silo, which a rule notices.
        var rules = await Poll.ForAsync(
            async () => await live.Prometheus.RulesAsync() is { Length: > 0 } found
                && found.All(static rule => rule is { Health: "ok", State: "inactive" }) ? found : null,
            () => "Not every rule was evaluated and quiet.");

        rules.Length.ShouldBeGreaterThan(8);
    }

    [Fact]
    public void Rules_EveryMetric_IsExplained() => MetricNames
        .In(File.ReadAllText(Path.Combine(_folder, "dataexport.rules.yml")))
        .Where(static name => !MetricNames.IsExplained(name))
        .ShouldBeEmpty();
}
