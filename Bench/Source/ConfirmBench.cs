using System.Diagnostics;
using DataExport.Bench.Change;
using DataExport.Sandbox;

namespace DataExport.Bench.Source;

/// <summary>
/// What confirming costs of the 6,000 requests that Dataverse allows in 300 s, and how long it takes. Deltas, metadata
/// and all else that an active profile asks meanwhile are counted in.
/// </summary>
internal static class ConfirmBench
{
    private const int RequestsMax = 6_000;
    private const int Tables = 20;
    private const int Seed = 5;
    private const int Rows = 60_000;

    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(300);
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_duration = TimeSpan.FromSeconds(
        int.Parse(Environment.GetEnvironmentVariable("DATAEXPORT_BENCH_SECONDS") ?? "60"));

    /// <summary>Prints a JSON line for each kind of work. Takes about four minutes.</summary>
    public static async Task RunAsync()
    {
        await using var path = await BenchPath.StartAsync(Rows, SmallTables.Build(Tables, Seed), TimeProvider.System);
        var sandbox = path.Sandbox.Sandbox;
        var work = new RecordWork(sandbox, [.. sandbox.Tables]);
        await MeasureAsync(path, "20 saves a second, each of 4 updates in 0.3 s", work.SaveInChains);
        await MeasureAsync(path, "100 imported records a second, create and 2 updates", work.Import);
        await MeasureAsync(path, "200 deletions a second", work.Delete);
    }

    private static async Task MeasureAsync(BenchPath path, string name, Action<long> step)
    {
        var before = path.Sandbox.Host.Counters.Requests;
        var watch = Stopwatch.StartNew();
        for (long number = 0; watch.Elapsed < s_duration; number++)
        {
            step(number);
            var due = (number + 1) * s_step;
            if (due > watch.Elapsed)
            {
                await Task.Delay(due - watch.Elapsed, TimeProvider.System);
            }
        }

        var requests = (path.Sandbox.Host.Counters.Requests - before) * (s_window / watch.Elapsed);
        watch.Restart();
        var confirmed = await path.WaitUntilConfirmedAsync();
        new Measure($"confirm: {name}", "sandbox", requests / s_window.TotalSeconds)
        {
            CeilingPerSecond = RequestsMax / s_window.TotalSeconds,
        }.Print(
            ("tables", path.Sandbox.Sandbox.Tables.Count),
            ("requestsPer300s", requests),
            ("percentOfLimit", 100 * requests / RequestsMax),
            ("lastConfirmedAfterSeconds", confirmed.TotalSeconds));
    }

    /// <summary>The work of a tenth of a second.</summary>
    private sealed class RecordWork(DataverseSandbox sandbox, SandboxTable[] tables)
    {
        private const int SavesAStep = 2;
        private const int ImportsAStep = 10;
        private const int DeletionsAStep = 20;
        private const int ColumnsSent = 3;

        private readonly List<(SandboxTable Table, Guid Id)>[] _chains = [[], [], []];

        // A record of each table in turn, so that every step touches as many tables as it can.
        private readonly Queue<(SandboxTable Table, Guid Id)> _records = new(tables
            .SelectMany(table => sandbox.Records(table).Select((record, place) => (table, record.Id, place)))
            .OrderBy(static record => record.place)
            .Select(static record => (record.table, record.Id)));

        /// <summary>Saves now, and an update of the same records in each of the next three steps.</summary>
        public void SaveInChains(long number)
        {
            foreach (var (table, id) in _chains.SelectMany(static chain => chain))
            {
                _ = sandbox.Update(table, id, ColumnsSent);
            }

            var chain = _chains[number % _chains.Length];
            chain.Clear();
            for (var save = 0; save < SavesAStep; save++)
            {
                var record = _records.Dequeue();
                _records.Enqueue(record);
                _ = sandbox.Update(record.Table, record.Id, ColumnsSent);
                chain.Add(record);
            }
        }

        public void Import(long number)
        {
            for (var record = 0; record < ImportsAStep; record++)
            {
                var table = tables[(int)((number + record) % tables.Length)];
                var id = sandbox.Create(table);
                _ = sandbox.Update(table, id, ColumnsSent);
                _ = sandbox.Update(table, id, ColumnsSent);
            }
        }

        public void Delete(long number)
        {
            for (var record = 0; record < DeletionsAStep; record++)
            {
                var (table, id) = _records.Dequeue();
                _ = sandbox.Delete(table, id);
            }
        }
    }
}
