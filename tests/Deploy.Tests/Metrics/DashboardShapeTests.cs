using System.Text.Json;
using DataExport.Deploy.Tests.Tools;

namespace DataExport.Deploy.Tests.Metrics;

/// <summary>What Grafana needs of a dashboard that it imports.</summary>
public sealed class DashboardShapeTests
{
    [Fact]
    public async Task Dashboard_Json_FitsGrafanasType()
    {
        var folder = Repository.File("tests", "DeploySchemas");
        await ToolRun.RequireAsync("need-npm", folder);

        var run = await ToolRun.RunAsync(
            folder, "node", "dashboard.mjs", Repository.File("deploy", "grafana", "dataexport-overview.json"));

        run.ExitCode.ShouldBe(0, run.Said);
    }

    [Fact]
    public void Panels_Ids_AreUnique() => Dashboard.Overview.Panels
        .Select(static panel => panel.GetProperty("id").GetInt32())
        .ShouldBeUnique();

    [Fact]
    public void Panels_Titles_AreUniqueAndNotEmpty()
    {
        var titles = Dashboard.Overview.Panels.Select(static panel => panel.GetProperty("title").GetString()).ToArray();

        titles.ShouldBeUnique();
        titles.ShouldAllBe(static title => !string.IsNullOrWhiteSpace(title));
    }

    [Fact]
    public void Panels_Places_DoNotOverlap()
    {
        var taken = new HashSet<(int X, int Y)>();
        foreach (var panel in Dashboard.Overview.Panels)
        {
            var place = panel.GetProperty("gridPos");
            var (x, y) = (place.GetProperty("x").GetInt32(), place.GetProperty("y").GetInt32());
            var (width, height) = (place.GetProperty("w").GetInt32(), place.GetProperty("h").GetInt32());
            (x + width).ShouldBeLessThanOrEqualTo(24, panel.GetProperty("title").GetString());
            for (var cell = 0; cell < width * height; cell++)
            {
                taken.Add((x + (cell % width), y + (cell / width)))
                    .ShouldBeTrue($"'{panel.GetProperty("title")}' lies over another panel");
            }
        }
    }

    [Fact]
    public void Panels_DataSource_IsTheOneThatTheUserChooses()
    {
        var sources = Dashboard.Overview.Panels
            .Where(static panel => panel.GetProperty("type").GetString() is not "row")
            .SelectMany(static panel => panel.GetProperty("targets").EnumerateArray().Append(panel))
            .Select(static part => part.GetProperty("datasource").GetProperty("uid").GetString());

        sources.Distinct().ShouldBe(["${datasource}"]);
    }

    [Fact]
    public void Dashboard_Identity_IsStableAndNotOfOneInstallation()
    {
        var json = Dashboard.Overview.Json;

        json.GetProperty("id").ValueKind.ShouldBe(JsonValueKind.Null);
        json.GetProperty("uid").GetString().ShouldBe("dataexport-overview");
        json.GetProperty("schemaVersion").GetInt32().ShouldBeInRange(36, 41);
        json.TryGetProperty("__inputs", out _).ShouldBeFalse("the data source is a variable");
    }
}
