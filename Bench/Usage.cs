using System.Diagnostics;

namespace DataExport.Bench;

/// <summary>What this process uses from a moment on: time, processor time, and memory it allocates.</summary>
internal readonly struct Usage
{
    private readonly long _began;
    private readonly TimeSpan _cpuBefore;
    private readonly long _allocatedBefore;

    private Usage(long began, TimeSpan cpuBefore, long allocatedBefore) =>
        (_began, _cpuBefore, _allocatedBefore) = (began, cpuBefore, allocatedBefore);

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_began);

    /// <summary>Of all threads.</summary>
    public TimeSpan Cpu => Environment.CpuUsage.TotalTime - _cpuBefore;

    /// <summary>By all threads, to the byte.</summary>
    public long AllocatedBytes => GC.GetTotalAllocatedBytes(precise: true) - _allocatedBefore;

    /// <summary>Counts from now.</summary>
    public static Usage Begin()
    {
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var cpu = Environment.CpuUsage.TotalTime;
        return new Usage(Stopwatch.GetTimestamp(), cpu, allocated);
    }

    /// <summary>The measure of so many items since the beginning.</summary>
    public Measure Of(string name, string engine, int items)
    {
        var (elapsed, cpu) = (Elapsed, Cpu);
        return new Measure(name, engine, items / elapsed.TotalSeconds)
        {
            AllocatedBytesPerItem = AllocatedBytes / (double)items,
            CpuMicrosecondsPerItem = cpu.TotalMicroseconds / items,
        };
    }
}
