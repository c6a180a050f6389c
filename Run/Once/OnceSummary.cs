using System.Text.Json;
using DataExport.Run.Comparison;

namespace DataExport.Run.Once;

/// <summary>Prints what a run came to.</summary>
internal static class OnceSummary
{
    /// <summary>One line of JSON.</summary>
    public static void WriteJson(TextWriter output, OnceResult result) =>
        output.WriteLine(JsonSerializer.Serialize(result));

    /// <summary>The same for people.</summary>
    public static void WriteText(TextWriter output, OnceResult result)
    {
        output.WriteLine($"rows                {result.Rows,12:N0}   {result.InitialRowsPerSecond:N0} a second");
        output.WriteLine($"changes             {result.Changes,12:N0}   {result.ChangesPerSecond:N0} a second");
        output.WriteLine($"latency             {result.LatencyMsP50,9:N0} ms   half; 99%: {result.LatencyMsP99:N0} ms");
        output.WriteLine($"uncertain changes   {result.Uncertain,12:N0}   {result.FetchRequests:N0} fetch requests");
        output.WriteLine($"provisional left    {result.ProvisionalLeft,12:N0}");
        output.WriteLine(
            $"requests too early  {result.RequestsInsideRetryAfter,12:N0}   "
            + $"{result.FullResyncs} full resyncs, {result.PagesRepeated} pages repeated");
        output.WriteLine($"failed              {result.Failed,12:N0}");
        output.WriteLine($"silo's peak memory  {result.PeakMemoryMiB,8:N0} MiB   killed {result.Kills} times");
        output.WriteLine($"seconds             {result.Seconds,12:N1}");
        output.WriteLine($"differences         {result.Differences,12:N0}");
    }

    /// <summary>The differences found first.</summary>
    public static void WriteDifferences(TextWriter output, IReadOnlyList<Difference> first, long all)
    {
        foreach (var difference in first)
        {
            output.WriteLine(difference);
        }

        if (all > first.Count)
        {
            output.WriteLine($"... and {all - first.Count:N0} more.");
        }
    }
}
