using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DataExport.Bench;

/// <summary>What the grain runtime itself costs: calls, activations, and activations that come and go.</summary>
/// <remarks>
/// Beside each measure stands, as its ceiling, what Microsoft Orleans 10 does in process on two cores: Embedded may
/// cost no more than what it stands in for.
/// </remarks>
internal static class GrainBench
{
    private const string Engine = "Embedded";
    private const int CallsMax = 1_500_000;
    private const int KeysMax = 10_000;
    private const int ActivationsMax = 100_000;
    private const int ActivatorsCount = 64;

    private const double Orleans64 = 782_000;
    private const double Orleans256 = 845_000;
    private const double OrleansGetGrain = 270_000;
    private const double OrleansActivations = 35_000;
    private const double OrleansDeactivations = 77_000;
    private const double OrleansLiveBytes = 1_700;

    public static async Task RunAsync()
    {
        using (var host = await StartAsync())
        {
            var grains = host.Services.GetRequiredService<IGrainFactory>();
            await MeasureCallsAsync(grains);
            await MeasureLivesAsync(grains);
            var stopping = Usage.Begin();
            await host.StopAsync();
            var stopped = stopping.Of("grain deactivations at stop", Engine, ActivationsMax);
            (stopped with { CeilingPerSecond = OrleansDeactivations }).Print();
        }

        await MeasureExtrasAsync();
    }

    private static async Task MeasureCallsAsync(IGrainFactory grains)
    {
        // Twice: the first compiles, the second lets the compiler do better by what it saw.
        _ = await CallAsync(grains, new Calls("warm-up", 64, Orleans64));
        _ = await CallAsync(grains, new Calls("warm-up", 64, Orleans64, AsTask: true));
        foreach (var (callers, ceiling) in new[] { (64, Orleans64), (256, Orleans256) })
        {
            (await CallAsync(grains, new Calls($"calls, {callers} callers", callers, ceiling))).Print();
            (await CallAsync(grains, new Calls($"calls as Task, {callers} callers", callers, ceiling, AsTask: true)))
                .Print();
        }

        (await CallAsync(grains, new Calls("calls of one grain, 256 callers", 256, Orleans256, OneGrain: true)))
            .Print();
        (await GetAndCallAsync(grains)).Print();
    }

    private static async Task MeasureLivesAsync(IGrainFactory grains)
    {
        (await ActivateAsync(grains, "come and go", static grain => grain.AddOneAndLeaveAsync(1))).Print();
        var heapBefore = GC.GetTotalMemory(forceFullCollection: true);
        var activated = await ActivateAsync(grains, "activations", static grain => grain.AddOneAsync(1));
        var heapAfter = GC.GetTotalMemory(forceFullCollection: true);
        activated.Print(
            ("liveBytesPerItem", (heapAfter - heapBefore) / (double)ActivationsMax),
            ("ceilingLiveBytesPerItem", OrleansLiveBytes));
    }

    /// <summary>
    /// What is paid for when it is used only. Last, since from the first value on every call looks whether it has any.
    /// </summary>
    private static async Task MeasureExtrasAsync()
    {
        using var host = await StartAsync(
            static silo => silo.AddIncomingGrainCallFilter(static context => context.Invoke()));
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        _ = await CallAsync(grains, new Calls("warm-up", 64, Orleans64));
        (await CallAsync(grains, new Calls("calls through one filter, 64 callers", 64, Orleans64))).Print();
        await host.StopAsync();

        using var plain = await StartAsync();
        grains = plain.Services.GetRequiredService<IGrainFactory>();
        RequestContext.Set("correlation", "7f2c9e");
        (await CallAsync(grains, new Calls("calls with request context, 64 callers", 64, Orleans64))).Print();
        RequestContext.Clear();
        await plain.StopAsync();
    }

    private static async Task<IHost> StartAsync(Action<ISiloBuilder>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLogging();
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering();
            configure?.Invoke(silo);
        });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static Task<Measure> CallAsync(IGrainFactory grains, Calls kind) =>
        MeasureAsync(kind, CallsMax, async (caller, count) =>
        {
            var grain = grains.GetGrain<ITrivialGrain>(kind.OneGrain ? "one" : $"caller {caller}");
            for (var i = 0; i < count; i++)
            {
                _ = kind.AsTask ? await grain.AddOneAsTaskAsync(i) : await grain.AddOneAsync(i);
            }
        });

    /// <summary>A reference got anew for each call, of grains that are in memory.</summary>
    private static async Task<Measure> GetAndCallAsync(IGrainFactory grains)
    {
        var keys = Enumerable.Range(0, KeysMax).Select(key => $"key/{key:D8}").ToArray();
        Task RunAsync(int caller, int count) => GetAndCallAsync(grains, keys, caller, count);
        var kind = new Calls($"GetGrain and call, {KeysMax} keys", 64, OrleansGetGrain);
        _ = await MeasureAsync(kind, KeysMax * 64, RunAsync);
        return await MeasureAsync(kind, CallsMax, RunAsync);
    }

    private static async Task GetAndCallAsync(IGrainFactory grains, string[] keys, int caller, int count)
    {
        for (var i = 0; i < count; i++)
        {
            _ = await grains.GetGrain<ITrivialGrain>(keys[((caller * 157) + i) % keys.Length]).AddOneAsync(i);
        }
    }

    private static Task<Measure> ActivateAsync(
        IGrainFactory grains, string name, Func<ITrivialGrain, ValueTask<int>> call) =>
        MeasureAsync(new Calls(name, ActivatorsCount, OrleansActivations), ActivationsMax, async (caller, count) =>
        {
            for (var i = 0; i < count; i++)
            {
                await call(grains.GetGrain<ITrivialGrain>($"{name}/account/{caller:D4}{i:D28}"));
            }
        });

    private static async Task<Measure> MeasureAsync(Calls kind, int total, Func<int, int, Task> run)
    {
        var each = total / kind.Callers;
        var usage = Usage.Begin();
        await Task.WhenAll(Enumerable.Range(0, kind.Callers).Select(caller => Task.Run(() => run(caller, each))));
        return usage.Of($"grain {kind.Name}", Engine, each * kind.Callers) with
        {
            CeilingPerSecond = kind.CeilingPerSecond,
        };
    }

    private sealed record Calls(
        string Name, int Callers, double CeilingPerSecond, bool OneGrain = false, bool AsTask = false);
}
