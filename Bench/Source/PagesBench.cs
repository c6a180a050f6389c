using System.Diagnostics;
using System.Text.Json;
using DataExport.Dataverse.WebApi;

namespace DataExport.Bench.Source;

/// <summary>
/// How fast one core makes rows of a page of 5,000 records. The ceiling is .NET's own JSON reader, which steps over
/// every token of the same page and looks at none.
/// </summary>
internal static class PagesBench
{
    private static readonly DataverseSourceOptions s_options = new();

    private const int PageRows = 5_000;
    private const int Slices = 7;

    private static readonly TimeSpan s_warmUpFor = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_sliceFor = TimeSpan.FromSeconds(0.7);

    /// <summary>Prints a JSON line for each table.</summary>
    public static async Task RunAsync()
    {
        await using var pages = await SandboxPages.StartAsync(PageRows);
        foreach (var table in (string[])["account", "contact"])
        {
            var (definition, texts) = await pages.ReadAsync(table, pages: 1);
            var page = texts[0];
            var shape = new RowShape(definition);
            Print(table, definition.Columns.Length, page, () => Parse(shape, page), () => Walk(page));
        }
    }

    private static int Parse(RowShape shape, byte[] page)
    {
        var reader = new PageReader(shape, idsOnly: false);
        reader.ReadAsync(new MemoryStream(page), s_options, sink: null, CancellationToken.None)
            .GetAwaiter().GetResult();
        return reader.Page.Rows.Count == PageRows
            ? PageRows
            : throw new InvalidOperationException($"The bench's page has {reader.Page.Rows.Count} rows.");
    }

    private static int Walk(byte[] page)
    {
        var reader = new Utf8JsonReader(page);
        while (reader.Read())
        {
        }

        return PageRows;
    }

    private static void Print(string table, int columns, byte[] page, Func<int> parse, Func<int> walk)
    {
        _ = RunFor(s_warmUpFor, parse);
        _ = RunFor(s_warmUpFor / 3, walk);
        var (parsed, walked) = (Measured(parse), Measured(walk));
        new Measure($"page of {table}", "json", parsed.RowsPerSecond)
        {
            CeilingPerSecond = walked.RowsPerSecond,
            AllocatedBytesPerItem = parsed.AllocatedBytesPerRow,
            CpuMicrosecondsPerItem = 1_000_000 / parsed.RowsPerSecond,
        }.Print(
            ("columns", columns),
            ("bytesPerRow", page.Length / (double)PageRows),
            ("megabytesPerSecond", parsed.RowsPerSecond * page.Length / PageRows / 1_000_000),
            ("ceilingMegabytesPerSecond", walked.RowsPerSecond * page.Length / PageRows / 1_000_000));
    }

    /// <summary>Measures in slices and takes the middle one: the neighbours on the machine come and go.</summary>
    private static Figures Measured(Func<int> action)
    {
        var slices = new List<Figures>();
        for (var slice = 0; slice < Slices; slice++)
        {
            slices.Add(RunFor(s_sliceFor, action));
        }

        slices.Sort(static (one, other) => one.RowsPerSecond.CompareTo(other.RowsPerSecond));
        return slices[Slices / 2];
    }

    private static Figures RunFor(TimeSpan duration, Func<int> action)
    {
        var allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        var cpuBefore = Environment.CpuUsage.TotalTime;
        var rows = 0;
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < duration)
        {
            rows += action();
        }

        // By processor time, since a core is what is measured: the wall clock would count the neighbours in.
        var seconds = (Environment.CpuUsage.TotalTime - cpuBefore).TotalSeconds;
        var allocated = GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
        return new Figures(rows / seconds, allocated / (double)rows);
    }

    private readonly record struct Figures(double RowsPerSecond, double AllocatedBytesPerRow);
}
