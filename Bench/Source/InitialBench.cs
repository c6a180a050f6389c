using System.Diagnostics;
using DataExport.Bench.Targets;
using DataExport.Dataverse.WebApi;
using DataExport.Grains.Fence;
using DataExport.Grains.Ports;

namespace DataExport.Bench.Source;

/// <summary>
/// An initial sync from the text of a page to the committed row: a page is read while the one before is written. The
/// ceiling is the engine's own bulk path with rows that were made ready before.
/// </summary>
internal static class InitialBench
{
    private const int PageRows = 5_000;
    private const int WarmUpPages = 6;
    private const int Pages = 18;
    private const int PagesAtOnce = 4;

    /// <summary>Prints a JSON line for each engine.</summary>
    public static async Task RunAsync()
    {
        await using var pages = await SandboxPages.StartAsync(PageRows * Pages);
        var (table, texts) = await pages.ReadAsync("contact", Pages);
        await foreach (var engine in BenchEngines.StartAsync())
        {
            await using (engine)
            {
                await RunAsync(engine, table, texts);
            }
        }
    }

    private static async Task RunAsync(IBenchEngine engine, TableDefinition table, List<byte[]> texts)
    {
        await using var target = await engine.ProvisionAsync(table);
        var load = new Load(engine, target, new RowShape(table));
        await load.RunAsync(texts[..WarmUpPages], isMeasured: false);
        for (var page = WarmUpPages; page < texts.Count; page += PagesAtOnce)
        {
            await load.RunAsync(texts.GetRange(page, Math.Min(PagesAtOnce, texts.Count - page)), isMeasured: true);
        }

        load.Print(texts);
    }

    /// <summary>Product and ceiling take turns, a few pages each, so that a busy neighbour slows both.</summary>
    private sealed class Load(IBenchEngine engine, ITarget target, RowShape shape)
    {
        private TimeSpan _took;
        private TimeSpan _raw;
        private TimeSpan _cpu;
        private long _allocated;
        private int _rows;

        public async Task RunAsync(List<byte[]> texts, bool isMeasured)
        {
            var usage = Usage.Begin();
            var pages = await LoadAsync(texts);
            var (took, cpu, allocated) = (usage.Elapsed, usage.Cpu, usage.AllocatedBytes);

            var ready = pages.ConvertAll(page => engine.Ready(page));
            var began = Stopwatch.GetTimestamp();
            foreach (var page in ready)
            {
                await engine.LoadRawAsync(page);
            }

            if (isMeasured)
            {
                _raw += Stopwatch.GetElapsedTime(began);
                _took += took;
                _cpu += cpu;
                _allocated += allocated;
                _rows += pages.Sum(static page => page.Length);
            }
        }

        public void Print(List<byte[]> texts) => new Measure("initial sync", engine.Name, _rows / _took.TotalSeconds)
        {
            CeilingPerSecond = _rows / _raw.TotalSeconds,
            AllocatedBytesPerItem = _allocated / (double)_rows,
            CpuMicrosecondsPerItem = _cpu.TotalMicroseconds / _rows,
        }.Print(
            ("columns", shape.Columns.Table.Columns.Length),
            ("bytesPerRow", texts.Average(static text => text.Length) / PageRows),
            ("percentOfCeiling", 100 * _raw / _took));

        private async Task<List<MergeItem[]>> LoadAsync(List<byte[]> texts)
        {
            var pages = new List<MergeItem[]>();
            var reading = Task.Run(() => Parse(texts[0]));
            for (var page = 0; page < texts.Count; page++)
            {
                var items = await reading;
                if (page + 1 < texts.Count)
                {
                    var next = texts[page + 1];
                    reading = Task.Run(() => Parse(next));
                }

                _ = await target.MergeAsync(items, CancellationToken.None);
                pages.Add(items);
            }

            return pages;
        }

        private MergeItem[] Parse(byte[] text)
        {
            var reader = new PageReader(shape, idsOnly: false);
            reader.Read(text);
            return [.. reader.Page.Rows.Select(row => new MergeItem(
                shape.Columns.Table.Name,
                row.RecordId,
                new Evidence(EvidenceKind.ReadUpsert, DateTime.UnixEpoch, row.Version),
                row.Columns))];
        }
    }
}
