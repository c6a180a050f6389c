using DataExport.Run.Hosting;
using DataExport.Sandbox;

namespace DataExport.Bench.Change;

/// <summary>
/// From a change at the source to its committed row and completed message, Sandbox and silo on this machine: once as
/// fast as it goes, then at half that pace, confirming included. Confirmed a second counts until the last row has its
/// version number, for which the end of a burst is waited. The ceiling is what the bus alone does with such
/// bodies.
/// </summary>
internal static class ChangeBench
{
    private const int Rows = 50_000;
    private const int WarmUpChanges = 40_000;
    private const int Changes = 100_000;
    private const int BacklogMax = 4_000;
    private const double PacedSeconds = 10;

    public static async Task RunAsync()
    {
        var clock = TimeProvider.System;
        var ceiling = await BusCeiling.MeasureAsync();
        double fastest;
        await using (var path = await BenchPath.StartAsync(Rows, clock))
        {
            var driver = Driver(path, BacklogMax, clock);
            _ = await path.ChangeAsync(() => driver.RunAsync(WarmUpChanges, 0, CancellationToken.None));
            var measure = await path.MeasureAsync(
                "change, as fast as it goes",
                Changes,
                () => driver.RunAsync(Changes, 0, CancellationToken.None));
            var confirmed = Changes / ((Changes / measure.PerSecond) + (await path.ConfirmAsync()).TotalSeconds);
            Print(path, measure with { CeilingPerSecond = ceiling }, ("confirmedPerSecond", confirmed));
            fastest = measure.PerSecond;
        }

        await MeasurePacedAsync("change, at half that pace", fastest / 2, ceiling, clock);
        await MeasurePacedAsync("change, at 5,000 a second", 5_000, ceiling, clock);
    }

    /// <summary>A path of its own, since the namespace's latencies count from its first message.</summary>
    private static async Task MeasurePacedAsync(string name, double perSecond, double ceiling, TimeProvider clock)
    {
        await using var path = await BenchPath.StartAsync(Rows, clock);
        var driver = Driver(path, int.MaxValue, clock);
        _ = await path.ChangeAsync(() => driver.RunAsync(WarmUpChanges, perSecond, CancellationToken.None));
        var changes = (int)(perSecond * PacedSeconds);
        var measure = await path.MeasureAsync(
            name, changes, () => driver.RunAsync(changes, perSecond, CancellationToken.None));
        Print(path, measure with { CeilingPerSecond = ceiling });
    }

    private static ChangeDriver Driver(BenchPath path, int backlogMax, TimeProvider clock) =>
        new(path.Sandbox, new ChangeGenerator(path.Sandbox.Sandbox, seed: 1), backlogMax, clock);

    private static void Print(BenchPath path, Measure measure, params ReadOnlySpan<(string, double?)> more) =>
        measure.Print(
        [
            ("siloPeakMemoryMiB", path.PeakMemoryMiB),
            ("fetchRequests", path.Sandbox.Host.Counters.FetchRequests),
            .. more,
        ]);
}
