using System.Text.RegularExpressions;
using DataExport.Deploy.Tests.Tools;

namespace DataExport.Deploy.Tests.Metrics;

/// <summary>The metrics that docs/metrics.md explains.</summary>
internal static partial class MetricNames
{
    /// <summary>Those that are explained one by one, and their types.</summary>
    public static IReadOnlyDictionary<string, string> Explained { get; } = Row()
        .Matches(Document)
        .ToDictionary(static row => row.Groups[1].Value, static row => row.Groups[2].Value);

    /// <summary>The beginnings of those that .NET's documentation explains.</summary>
    public static IReadOnlyList<string> Families { get; } =
        [.. Family().Matches(Document).Select(static family => family.Groups[1].Value)];

    private static string Document => File.ReadAllText(Repository.File("docs", "metrics.md"));

    /// <summary>Whether the document explains a name, as it is or as a histogram's series.</summary>
    public static bool IsExplained(string name)
    {
        if (Explained.ContainsKey(name) || Families.Any(family => name.StartsWith(family, StringComparison.Ordinal)))
        {
            return true;
        }

        var histogram = Suffix().Replace(name, "");
        return Explained.TryGetValue(histogram, out var type) && type is "histogram";
    }

    /// <summary>The names in a PromQL expression that are metrics.</summary>
    public static IEnumerable<string> In(string expression) =>
        Name().Matches(expression).Select(static name => name.Value);

    [GeneratedRegex(@"^\| `([a-z_]+)` \| (counter|gauge|histogram) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"`([a-z]+_(?:[a-z]+_)?)`")]
    private static partial Regex Family();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Suffix();

    [GeneratedRegex(@"\b(dataexport|dotnet|http_client|http_server|kestrel|orleans)_[a-z_]+\b")]
    private static partial Regex Name();
}
