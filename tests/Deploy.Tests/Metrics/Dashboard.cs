using System.Text.Json;
using DataExport.Deploy.Tests.Tools;

namespace DataExport.Deploy.Tests.Metrics;

/// <summary>The dashboard as Grafana would import it.</summary>
internal sealed class Dashboard
{
    private readonly JsonElement _json;

    private Dashboard(JsonElement json) => _json = json;

    public static Dashboard Overview { get; } = Read("dataexport-overview.json");

    public JsonElement Json => _json;

    /// <summary>All panels, rows among them.</summary>
    public IEnumerable<JsonElement> Panels => _json.GetProperty("panels").EnumerateArray();

    /// <summary>Title and expression of every query.</summary>
    public IEnumerable<(string Panel, string Expression)> Expressions =>
        from panel in Panels
        where panel.TryGetProperty("targets", out _)
        from target in panel.GetProperty("targets").EnumerateArray()
        select (panel.GetProperty("title").GetString()!, target.GetProperty("expr").GetString()!);

    /// <summary>Name and query of the variables that ask Prometheus.</summary>
    public IEnumerable<(string Name, string Query)> Variables =>
        from variable in _json.GetProperty("templating").GetProperty("list").EnumerateArray()
        where variable.GetProperty("type").GetString() is "query"
        select (variable.GetProperty("name").GetString()!,
            variable.GetProperty("query").GetProperty("query").GetString()!);

    /// <summary>What Grafana makes of an expression when all jobs and profiles are chosen.</summary>
    public static string Interpolate(string expression) => expression
        .Replace("$__rate_interval", "10s", StringComparison.Ordinal)
        .Replace("$profile", ".*", StringComparison.Ordinal)
        .Replace("$job", ".*", StringComparison.Ordinal);

    private static Dashboard Read(string file) => new(
        JsonDocument.Parse(File.ReadAllText(Repository.File("deploy", "grafana", file))).RootElement);
}
