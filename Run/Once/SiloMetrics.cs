using System.Globalization;

namespace DataExport.Run.Once;

/// <summary>Reads sums out of a silo's metrics in Prometheus' text format.</summary>
internal static class SiloMetrics
{
    /// <summary>
    /// The sum of all series of a name, or of those that bear <paramref name="label"/>, such as <c>a="b"</c>.
    /// </summary>
    public static double Sum(string text, string name, string? label = null)
    {
        var sum = 0.0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.StartsWith(name, StringComparison.Ordinal)
                && line.Length > name.Length && line[name.Length] is ' ' or '{'
                && (label is null || line.Contains(label, StringComparison.Ordinal)))
            {
                sum += double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
            }
        }

        return sum;
    }
}
