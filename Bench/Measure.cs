using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataExport.Bench;

/// <summary>
/// One measure, printed as one JSON line. Every line has the same fields in the same order, whatever the bench: what a
/// bench does not measure is null. The names are read by others: never rename.
/// </summary>
/// <param name="Name">What was measured.</param>
/// <param name="Engine">What did it, such as <c>sqlite</c>.</param>
/// <param name="PerSecond">Items a second.</param>
internal sealed record Measure(string Name, string Engine, double PerSecond)
{
    /// <summary>What the same machine does at most: the same without what the product adds.</summary>
    public double? CeilingPerSecond { get; init; }

    public double? P50Ms { get; init; }

    public double? P99Ms { get; init; }

    public double? AllocatedBytesPerItem { get; init; }

    /// <summary>Processor time, of all processes that take part.</summary>
    public double? CpuMicrosecondsPerItem { get; init; }

    /// <summary>Prints the line. What this bench alone tells comes behind the common fields.</summary>
    public void Print(params ReadOnlySpan<(string Name, double? Value)> more)
    {
        var line = new JsonObject
        {
            ["measure"] = Name,
            ["engine"] = Engine,
            ["perSecond"] = Math.Round(PerSecond),
            ["ceilingPerSecond"] = Rounded(CeilingPerSecond, 0),
            ["p50Ms"] = Rounded(P50Ms, 4),
            ["p99Ms"] = Rounded(P99Ms, 4),
            ["allocatedBytesPerItem"] = Rounded(AllocatedBytesPerItem, 1),
            ["cpuMicrosecondsPerItem"] = Rounded(CpuMicrosecondsPerItem, 2),
        };
        foreach (var (name, value) in more)
        {
            line[name] = Rounded(value, 1);
        }

        Console.WriteLine(line.ToJsonString(JsonSerializerOptions.Web));
    }

    private static double? Rounded(double? value, int digits) =>
        value is { } number ? Math.Round(number, digits) : null;
}
