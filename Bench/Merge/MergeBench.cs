using System.Diagnostics;
using DataExport.Grains.Fence;
using DataExport.Grains.Ports;
using DataExport.Targets.Sqlite;

namespace DataExport.Bench.Merge;

/// <summary>
/// How fast the fenced merge writes, beside a bare loop over the same table in a file of its own. Both take turns batch
/// by batch, so that a slow disk or a busy neighbour slows both.
/// </summary>
internal static class MergeBench
{
    private const int BatchRows = 1_000;
    private const int Batches = 24;
    private const int WarmUpBatches = 4;
    private const int DistinctValues = 50;
    private const int SentColumns = 5;

    private static readonly DateTime ModifiedOn = new(2026, 3, 1, 11, 0, 0, DateTimeKind.Utc);

    private static readonly TableDefinition Table = BenchTable.Of("contact", columns: 60);

    /// <summary>Prints a JSON line a measure. Takes about ten seconds; its files are deleted.</summary>
    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("dataexport-bench-").FullName;
        try
        {
            await MeasureAsync(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(string folder)
    {
        var clock = TimeProvider.System;
        var rawFile = Path.Combine(folder, "raw.db");
        await using var target = await ProvisionAsync(Path.Combine(folder, "target.db"), clock);
        await (await ProvisionAsync(rawFile, clock)).DisposeAsync();
        using var raw = RawLoop.Open(rawFile, Table, SentColumns);

        var pages = Pages();
        var ready = Enumerable.Range(0, DistinctValues).Select(RowOf)
            .Select(static values => RawLoop.ReadyValues(Table, values)).ToArray();
        (await RaceAsync("merge insert, 60 columns", target, pages, batch => raw.Insert(batch, ready))).Print();

        var texts = Enumerable.Repeat("2026-03-01 12:00:00.000"u8.ToArray(), SentColumns + 2).ToArray();
        var updates = Updates(pages, ModifiedOn.AddYears(1));
        (await RaceAsync("merge update, 5 columns", target, updates, batch => raw.Update(batch, texts))).Print();

        var again = Updates(pages, ModifiedOn.AddYears(2));
        (await RaceAsync("merge update of provisional rows", target, again, batch => raw.Update(batch, texts))).Print();

        var began = clock.GetUtcNow().UtcDateTime.AddMinutes(1);
        var evidence = new Evidence(EvidenceKind.ReadUpsert, began, new VersionNumber(2));
        var confirming = Map(pages, item => item with { Evidence = evidence });
        (await RaceAsync("merge confirm, 60 columns", target, confirming, ceiling: null)).Print();
        (await RaceAsync("merge superseded", target, confirming, ceiling: null)).Print();
    }

    private static async Task<ITarget> ProvisionAsync(string file, TimeProvider clock)
    {
        var target = new SqliteTarget(file, "", new SqliteTargetOptions(), clock);
        await target.ProvisionAsync([Table], CancellationToken.None);
        return target;
    }

    private static ColumnValues RowOf(int seed) => BenchTable.Values(Table, seed, ModifiedOn);

    private static MergeItem[][] Pages()
    {
        var random = new Random(1);
        var id = new byte[16];
        var values = Enumerable.Range(0, DistinctValues).Select(RowOf).ToArray();
        var evidence = new Evidence(EvidenceKind.ReadUpsert, ModifiedOn, new VersionNumber(1));
        return [.. Enumerable.Range(0, Batches).Select(_ => Enumerable.Range(0, BatchRows).Select(row =>
        {
            random.NextBytes(id);
            return new MergeItem(Table.Name, new Guid(id), evidence, values[row % DistinctValues]);
        }).ToArray())];
    }

    private static MergeItem[][] Updates(MergeItem[][] pages, DateTime modifiedOn)
    {
        var sent = Enumerable.Range(0, DistinctValues)
            .Select(seed => BenchTable.Values(Table, seed, modifiedOn, SentColumns)).ToArray();
        var evidence = new Evidence(EvidenceKind.NotifiedUpdate, modifiedOn);
        var row = 0;
        return Map(pages, item => item with { Evidence = evidence, Columns = sent[row++ % DistinctValues] });
    }

    private static MergeItem[][] Map(MergeItem[][] pages, Func<MergeItem, MergeItem> change) =>
        [.. pages.Select(batch => batch.Select(change).ToArray())];

    private static async Task<Measure> RaceAsync(
        string name, ITarget target, MergeItem[][] batches, Action<IReadOnlyList<MergeItem>>? ceiling)
    {
        var merged = new List<long>();
        var raw = new List<long>();
        var allocated = 0L;
        var cpu = TimeSpan.Zero;
        for (var number = 0; number < batches.Length; number++)
        {
            var usage = Usage.Begin();
            _ = await target.MergeAsync(batches[number], CancellationToken.None);
            if (number >= WarmUpBatches)
            {
                merged.Add(usage.Elapsed.Ticks);
                cpu += usage.Cpu;
                allocated += usage.AllocatedBytes;
            }

            var began = Stopwatch.GetTimestamp();
            ceiling?.Invoke(batches[number]);
            if (number >= WarmUpBatches)
            {
                raw.Add(Stopwatch.GetElapsedTime(began).Ticks);
            }
        }

        merged.Sort();
        var rows = merged.Count * BatchRows;
        return new Measure(name, "sqlite", PerSecond(merged))
        {
            CeilingPerSecond = ceiling is null ? null : PerSecond(raw),
            P50Ms = Milliseconds(merged[merged.Count / 2]),
            P99Ms = Milliseconds(merged[merged.Count * 99 / 100]),
            AllocatedBytesPerItem = allocated / (double)rows,
            CpuMicrosecondsPerItem = cpu.TotalMicroseconds / rows,
        };
    }

    private static double PerSecond(List<long> batches) =>
        batches.Count * BatchRows * 1_000 / Milliseconds(batches.Sum());

    private static double Milliseconds(long ticks) => TimeSpan.FromTicks(ticks).TotalMilliseconds;
}
