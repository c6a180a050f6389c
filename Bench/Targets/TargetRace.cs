using System.Diagnostics;
using DataExport.Grains.Ports;

namespace DataExport.Bench.Targets;

/// <summary>
/// The product's target and the ceiling take turns batch by batch, so that a slow disk or a busy neighbour slows both.
/// </summary>
internal sealed class TargetRace(IBenchEngine engine, ITarget target)
{
    private readonly List<double> _merged = [];
    private readonly List<double> _raw = [];
    private long _rows;
    private long _allocated;
    private TimeSpan _cpu;

    /// <summary>Runs one batch on both.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="ceiling">The ceiling's way.</param>
    /// <param name="isMeasured">False for batches that only warm up.</param>
    public async Task RunAsync(MergeItem[] batch, Func<object, Task> ceiling, bool isMeasured)
    {
        var ready = engine.Ready(batch);
        var usage = Usage.Begin();
        var results = await target.MergeAsync(batch, CancellationToken.None);
        var (elapsed, cpu, allocated) = (usage.Elapsed, usage.Cpu, usage.AllocatedBytes);
        if (results.Any(static result => result.Status is not ApplyStatus.Applied))
        {
            throw new InvalidOperationException("The bench's own rows must all be applied.");
        }

        var began = Stopwatch.GetTimestamp();
        await ceiling(ready);
        var raw = Stopwatch.GetElapsedTime(began);
        if (isMeasured)
        {
            _merged.Add(elapsed.TotalMilliseconds);
            _raw.Add(raw.TotalMilliseconds);
            _rows += batch.Length;
            _cpu += cpu;
            _allocated += allocated;
        }
    }

    /// <summary>Prints what was measured.</summary>
    public void Print(string name, BenchRows rows, params ReadOnlySpan<(string Name, double? Value)> more)
    {
        _merged.Sort();
        var measure = new Measure(name, engine.Name, _rows * 1_000 / _merged.Sum())
        {
            CeilingPerSecond = _rows * 1_000 / _raw.Sum(),
            P50Ms = _merged[_merged.Count / 2],
            P99Ms = _merged[_merged.Count * 99 / 100],
            AllocatedBytesPerItem = _allocated / (double)_rows,
            CpuMicrosecondsPerItem = _cpu.TotalMicroseconds / _rows,
        };
        measure.Print([("columns", rows.Table.Columns.Length), ("bytesPerRow", rows.BytesPerRow), .. more]);
    }
}
