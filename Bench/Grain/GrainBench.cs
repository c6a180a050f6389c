using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DataExport.Bench;

/// <summary>What the grain runtime itself costs: calls, activations, and activations that come and go.</summary>
internal static class GrainBench
{
    private const int CallsMax = 1_500_000;
    private const int ActivationsMax = 100_000;
    private const int ActivatorsCount = 64;

    public static async Task RunAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLogging();
        builder.UseOrleans(silo => silo.UseLocalhostClustering());
        using var host = builder.Build();
        await host.StartAsync();
        var grains = host.Services.GetRequiredService<IGrainFactory>();

        await CallAsync(grains, callers: 64, calls: CallsMax / 10, oneGrain: false, asTask: false);
        foreach (var callers in new[] { 64, 256 })
        {
            Report(
                $"calls, {callers} callers",
                await CallAsync(grains, callers, CallsMax, oneGrain: false, asTask: false));
            Report(
                $"calls as Task, {callers} callers",
                await CallAsync(grains, callers, CallsMax, oneGrain: false, asTask: true));
        }

        Report(
            "calls of one grain, 256 callers",
            await CallAsync(grains, 256, CallsMax, oneGrain: true, asTask: false));
        Report("come and go", await ActivateAsync(grains, "gone", static grain => grain.AddOneAndLeaveAsync(1)));
        var heapBefore = GC.GetTotalMemory(forceFullCollection: true);
        var activated = await ActivateAsync(grains, "kept", static grain => grain.AddOneAsync(1));
        var heapAfter = GC.GetTotalMemory(forceFullCollection: true);
        Report("activations", activated with { LiveBytes = (heapAfter - heapBefore) / (double)ActivationsMax });

        var stopping = Stopwatch.GetTimestamp();
        await host.StopAsync();
        var stopped = Stopwatch.GetElapsedTime(stopping);
        Report("deactivations at stop", new Measure(ActivationsMax, stopped, Allocated: 0, Cpu: TimeSpan.Zero));
    }

    private static Task<Measure> CallAsync(IGrainFactory grains, int callers, int calls, bool oneGrain, bool asTask) =>
        MeasureAsync(callers, calls, async (caller, count) =>
        {
            var grain = grains.GetGrain<ITrivialGrain>(oneGrain ? "one" : $"caller {caller}");
            for (var i = 0; i < count; i++)
            {
                _ = asTask ? await grain.AddOneAsTaskAsync(i) : await grain.AddOneAsync(i);
            }
        });

    private static Task<Measure> ActivateAsync(
        IGrainFactory grains, string prefix, Func<ITrivialGrain, ValueTask<int>> call) =>
        MeasureAsync(ActivatorsCount, ActivationsMax, async (caller, count) =>
        {
            for (var i = 0; i < count; i++)
            {
                await call(grains.GetGrain<ITrivialGrain>($"{prefix}/account/{caller:D4}{i:D28}"));
            }
        });

    private static async Task<Measure> MeasureAsync(int callers, int total, Func<int, int, Task> run)
    {
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => run(caller, total / callers))));
        var took = Stopwatch.GetElapsedTime(start);
        return new Measure(
            total,
            took,
            GC.GetTotalAllocatedBytes(precise: true) - allocated,
            Process.GetCurrentProcess().TotalProcessorTime - cpu);
    }

    private static void Report(string measure, Measure result) => Console.WriteLine(JsonSerializer.Serialize(new
    {
        measure = "grain " + measure,
        engine = "Embedded",
        perSecond = Math.Round(result.Count / result.Took.TotalSeconds),
        allocatedBytesPerItem = Math.Round(result.Allocated / (double)result.Count),
        cpuMicrosecondsPerItem = Math.Round(result.Cpu.TotalMicroseconds / result.Count, 2),
        liveBytesPerItem = Math.Round(result.LiveBytes),
    }));

    private sealed record Measure(int Count, TimeSpan Took, long Allocated, TimeSpan Cpu, double LiveBytes = 0);
}
