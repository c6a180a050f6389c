using Microsoft.Extensions.DependencyInjection;

namespace DataExport.Embedded.Tests;

/// <summary>Stateless workers: up to three activations of one grain, each of which takes one call at a time.</summary>
public sealed class WorkerTests : IAsyncLifetime
{
    private const int WorkersMax = 3;
    private GrainCluster _cluster = null!;

    private Signals Signals => _cluster.Services.GetRequiredService<Signals>();

    private Workers Workers => _cluster.Services.GetRequiredService<Workers>();

    private IWorkerGrain Grain => _cluster.Grains.GetGrain<IWorkerGrain>("w");

    public async Task InitializeAsync() => _cluster = await GrainCluster.StartAsync(
        static silo => silo.Services.AddSingleton<Workers>());

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Calls_OfOneGrain_RunOnAsManyActivationsAsThereMayBe_AndTheNextWaits()
    {
        var calls = new List<Task<string>>();
        for (var call = 0; call < WorkersMax; call++)
        {
            calls.Add(Grain.HoldAsync($"call {call}"));
            await Signals.WaitAsync($"call {call} begins");
        }

        var waiting = Grain.HoldAsync("waiting");
        Signals.IsSet("waiting begins").ShouldBeFalse();
        Signals.Set("waiting");
        for (var call = 0; call < WorkersMax; call++)
        {
            Signals.Set($"call {call}");
        }

        var activations = await Task.WhenAll(calls);
        activations.Distinct().Count().ShouldBe(WorkersMax);
        activations.ShouldContain(await waiting);
    }

    [Fact]
    public async Task Calls_OfManyCallers_NeverRunOnMoreActivations_AndNoneIsLost()
    {
        var done = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(async () =>
        {
            var activations = new HashSet<string>();
            for (var call = 0; call < 50; call++)
            {
                activations.Add(await Grain.WorkAsync());
            }

            return activations;
        })));

        Workers.Most.ShouldBeInRange(1, WorkersMax);
        done.SelectMany(static one => one).Distinct().Count().ShouldBeInRange(1, WorkersMax);
    }

    [Fact]
    public async Task Workers_ThatLeave_AreReplaced()
    {
        var activations = new HashSet<string>();
        for (var call = 0; call < 30; call++)
        {
            activations.Add(await Grain.WorkAsync());
            await Grain.LeaveAsync();
        }

        activations.Count.ShouldBeGreaterThan(WorkersMax);
    }
}
