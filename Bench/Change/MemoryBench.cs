using DataExport.Run.Hosting;
using DataExport.Sandbox;

namespace DataExport.Bench.Change;

/// <summary>What a silo needs while a million distinct records are updated in ten minutes.</summary>
internal static class MemoryBench
{
    private const int Records = 1_000_000;
    private const int RowsMore = 50_000;
    private const int PerSecondMax = 1_700;
    private const int ChangesBetweenChecks = 100;

    private static readonly TimeSpan s_rest = TimeSpan.FromMilliseconds(10);

    public static async Task RunAsync()
    {
        var clock = TimeProvider.System;
        await using var path = await BenchPath.StartAsync(Records + RowsMore, clock);
        var took = await path.ChangeAsync(() => UpdateEachOnceAsync(path, clock));
        new Measure("memory, a million distinct records", "sqlite", Records / took.TotalSeconds).Print(
            ("siloPeakMemoryMiB", path.PeakMemoryMiB), ("seconds", took.TotalSeconds));
    }

    private static async Task UpdateEachOnceAsync(BenchPath path, TimeProvider clock)
    {
        var sandbox = path.Sandbox.Sandbox;
        var began = clock.GetTimestamp();
        var updated = 0;
        foreach (var (table, id) in sandbox.Tables.Where(table => !table.HasSets).SelectMany(Ids).Take(Records))
        {
            _ = sandbox.Update(table, id, columns: 2);
            if (++updated % ChangesBetweenChecks == 0)
            {
                while (clock.GetElapsedTime(began).TotalSeconds * PerSecondMax < updated)
                {
                    await Task.Delay(s_rest, clock);
                }
            }
        }

        IEnumerable<(SandboxTable Table, Guid Id)> Ids(SandboxTable table) =>
            sandbox.Records(table).Select(record => (table, record.Id));
    }
}
