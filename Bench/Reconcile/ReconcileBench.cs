using System.Globalization;
using DataExport.Bench.Change;

namespace DataExport.Bench.Reconcile;

/// <summary>
/// How fast a table of a million rows is compared with its source, whether all of the drifts that were seeded in it are
/// found and repaired, and by how many requests.
/// </summary>
internal static class ReconcileBench
{
    private const string Table = "contact";
    private const string RowsVariable = "DATAEXPORT_BENCH_ROWS";
    private const int RowsDefault = 1_000_000;

    public static async Task RunAsync()
    {
        var rows = Environment.GetEnvironmentVariable(RowsVariable) is { Length: > 0 } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : RowsDefault;
        await using var path = await BenchPath.StartAsync(rows, Table, TimeProvider.System);
        var drifts = new SeededDrifts(path, Table);
        drifts.SeedVersions();
        await RunAsync(path, "reconcile, versions", cells: false, SeededDrifts.Count);
        drifts.SeedCells();
        await RunAsync(path, "reconcile, cells", cells: true, SeededDrifts.Count);
        await RunAsync(path, "reconcile, nothing differs", cells: true, 0);
    }

    private static async Task RunAsync(BenchPath path, string name, bool cells, int expected)
    {
        var host = path.Sandbox.Host.Counters;
        var before = host.Requests;
        var report = await path.ReconcileAsync(new ReconcileRequest { Cells = cells, Repair = true });
        var table = report.Tables.Single();
        if (table.Phase is not ReconcilePhase.Done || table.Different != expected || table.Repaired != expected)
        {
            throw new InvalidOperationException(
                $"{name}: {table.Phase} with {table.Different} differences, of which {table.Repaired} are repaired, "
                + $"and not {expected}. {table.Message}");
        }

        var seconds = (report.EndedOn!.Value - report.StartedOn).TotalSeconds;
        new Measure(name, "sqlite", table.RowsAtSource / seconds).Print(
            ("rows", table.RowsAtSource),
            ("found", table.Different),
            ("repaired", table.Repaired),
            ("requests", table.SourceRequests),
            ("allRequests", host.Requests - before),
            ("seconds", seconds),
            ("siloPeakMemoryMiB", path.PeakMemoryMiB));
    }
}
