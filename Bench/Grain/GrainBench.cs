using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DataExport.Bench;

/// <summary>What the grain runtime itself costs: calls, activations, and activations that come and go.</summary>
internal static class GrainBench
{
    private const string Engine = "Embedded";
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

        _ = await CallAsync(grains, CallsMax / 10, new Calls("warm-up", 64));
        foreach (var callers in new[] { 64, 256 })
        {
            (await CallAsync(grains, CallsMax, new Calls($"calls, {callers} callers", callers))).Print();
            (await CallAsync(grains, CallsMax, new Calls($"calls as Task, {callers} callers", callers, AsTask: true)))
                .Print();
        }

        (await CallAsync(grains, CallsMax, new Calls("calls of one grain, 256 callers", 256, OneGrain: true))).Print();
        (await ActivateAsync(grains, "come and go", static grain => grain.AddOneAndLeaveAsync(1))).Print();
        var heapBefore = GC.GetTotalMemory(forceFullCollection: true);
        var activated = await ActivateAsync(grains, "activations", static grain => grain.AddOneAsync(1));
        var heapAfter = GC.GetTotalMemory(forceFullCollection: true);
        activated.Print(("liveBytesPerItem", (heapAfter - heapBefore) / (double)ActivationsMax));

        var stopping = Usage.Begin();
        await host.StopAsync();
        stopping.Of("grain deactivations at stop", Engine, ActivationsMax).Print();
    }

    private static Task<Measure> CallAsync(IGrainFactory grains, int calls, Calls kind) =>
        MeasureAsync(kind.Name, kind.Callers, calls, async (caller, count) =>
        {
            var grain = grains.GetGrain<ITrivialGrain>(kind.OneGrain ? "one" : $"caller {caller}");
            for (var i = 0; i < count; i++)
            {
                _ = kind.AsTask ? await grain.AddOneAsTaskAsync(i) : await grain.AddOneAsync(i);
            }
        });

    private static Task<Measure> ActivateAsync(
        IGrainFactory grains, string name, Func<ITrivialGrain, ValueTask<int>> call) =>
        MeasureAsync(name, ActivatorsCount, ActivationsMax, async (caller, count) =>
        {
            for (var i = 0; i < count; i++)
            {
                await call(grains.GetGrain<ITrivialGrain>($"{name}/account/{caller:D4}{i:D28}"));
            }
        });

    private static async Task<Measure> MeasureAsync(string name, int callers, int total, Func<int, int, Task> run)
    {
        var usage = Usage.Begin();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => run(caller, total / callers))));
        return usage.Of($"grain {name}", Engine, total);
    }

    private sealed record Calls(string Name, int Callers, bool OneGrain = false, bool AsTask = false);
}
