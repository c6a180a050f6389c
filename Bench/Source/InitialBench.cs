using System.Diagnostics;
using DataExport.Bench.Targets;
using DataExport.Dataverse.WebApi;
using DataExport.Grains.Fence;
using DataExport.Grains.Ports;

namespace DataExport.Bench.Source;

/// <summary>
/// An initial sync from the text of a page to the committed row: a page is read while the one before is written. The
/// ceiling is the engine's own bulk path with rows that were made ready before. Beside it stands what all processors
/// could do at most, if reading, encoding and the server shared them without a gap.
/// </summary>
internal static class InitialBench
{
    private const int PageRows = 5_000;
    private const int WarmUpPages = 16;
    private const int Pages = 32;
    private const int PagesAtOnce = 4;

    /// <summary>How often all pages are read before anything counts: then what runs is compiled for good.</summary>
    private const int WarmUpRounds = 3;

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
        var load = new Load(engine, target, new RowShape(table), texts);
        for (var round = 0; round < WarmUpRounds; round++)
        {
            load.Prepare();
        }

        await load.RunAsync(..WarmUpPages, isMeasured: false);
        for (var page = WarmUpPages; page < texts.Count; page += PagesAtOnce)
        {
            await load.RunAsync(page..Math.Min(page + PagesAtOnce, texts.Count), isMeasured: true);
        }

        load.Print();
    }

    /// <summary>Product and ceiling take turns, a few pages each, so that a busy neighbour slows both.</summary>
    private sealed class Load(IBenchEngine engine, ITarget target, RowShape shape, List<byte[]> texts)
    {
        private MergeItem[] _read = [];
        private TimeSpan _took;
        private TimeSpan _raw;
        private TimeSpan _cpu;
        private TimeSpan _serverCpu;
        private TimeSpan _rawServerCpu;
        private double _readMicroseconds;
        private double _readyMicroseconds;
        private long _allocated;
        private int _rows;

        /// <summary>Reads pages and makes their rows ready with nothing beside: what each of the two costs.</summary>
        public void Prepare()
        {
            var (read, ready, rows) = (TimeSpan.Zero, TimeSpan.Zero, 0);
            foreach (var text in texts)
            {
                var reading = Usage.Begin();
                var page = Parse(text);
                read += reading.Cpu;
                var making = Usage.Begin();
                _ = engine.Ready(page);
                ready += making.Cpu;
                rows += page.Length;
            }

            (_readMicroseconds, _readyMicroseconds) = (read.TotalMicroseconds / rows, ready.TotalMicroseconds / rows);
            _read = Parse(texts[0]);
        }

        public async Task RunAsync(Range turn, bool isMeasured)
        {
            var serverBefore = engine.ServerCpu;
            var usage = Usage.Begin();
            var pages = await LoadAsync(turn);
            var (took, cpu, allocated) = (usage.Elapsed, usage.Cpu, usage.AllocatedBytes);
            var serverCpu = engine.ServerCpu - serverBefore;

            var ready = pages.ConvertAll(page => engine.Ready(page));
            var rawBefore = engine.ServerCpu;
            var began = Stopwatch.GetTimestamp();
            foreach (var page in ready)
            {
                await engine.LoadRawAsync(page);
            }

            if (isMeasured)
            {
                _raw += Stopwatch.GetElapsedTime(began);
                _rawServerCpu += engine.ServerCpu - rawBefore;
                _took += took;
                _cpu += cpu + serverCpu;
                _serverCpu += serverCpu;
                _allocated += allocated;
                _rows += pages.Sum(static page => page.Length);
            }
        }

        public void Print() => new Measure("initial sync", engine.Name, _rows / _took.TotalSeconds)
        {
            CeilingPerSecond = _rows / _raw.TotalSeconds,
            AllocatedBytesPerItem = _allocated / (double)_rows,
            CpuMicrosecondsPerItem = _cpu.TotalMicroseconds / _rows,
        }.Print(
            ("columns", shape.Columns.Table.Columns.Length),
            ("bytesPerRow", texts.Average(static text => text.Length) / PageRows),
            ("percentOfCeiling", 100 * _raw / _took),
            ("readMicrosecondsPerItem", _readMicroseconds),
            ("readyMicrosecondsPerItem", _readyMicroseconds),
            ("serverMicrosecondsPerItem", _serverCpu.TotalMicroseconds / _rows),
            ("ceilingServerMicrosecondsPerItem", _rawServerCpu.TotalMicroseconds / _rows),
            ("processorLimitPerSecond", Environment.ProcessorCount * 1e6 * _rows / _cpu.TotalMicroseconds));

        /// <summary>
        /// Each page is read while the one before is written, and with the last of them the first of the next turn:
        /// an initial sync has more pages than it would take to make up for a beginning.
        /// </summary>
        private async Task<List<MergeItem[]>> LoadAsync(Range turn)
        {
            var pages = new List<MergeItem[]>();
            for (var (page, end) = (turn.Start.Value, turn.End.Value); page < end; page++)
            {
                var next = texts[(page + 1) % texts.Count];
                var reading = Task.Run(() => Parse(next));
                _ = await target.MergeAsync(_read, CancellationToken.None);
                pages.Add(_read);
                _read = await reading;
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
