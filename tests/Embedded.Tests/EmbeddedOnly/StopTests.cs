using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DataExport.Embedded.Tests;

/// <summary>What ends a stop.</summary>
public sealed class StopTests
{
    [Fact]
    public async Task Stop_WithACallRefusedMeanwhileToAWorkerThatWasNotThere_EndsWithTheLastGrain()
    {
        await using var cluster = await GrainCluster.StartAsync(static silo => silo.Services
            .AddSingleton<LifeScripts>().AddScoped<ScopedThing>().AddSingleton<Workers>()
            .Configure<HostOptions>(static options => options.ShutdownTimeout = Patience.Limit * 2));
        var signals = cluster.Services.GetRequiredService<Signals>();
        cluster.Services.GetRequiredService<LifeScripts>()["g"].HoldsDeactivation = "let go";
        await cluster.Grains.GetGrain<ILifeGrain>("g").GetActivationNumberAsync();
        var stop = cluster.StopAsync();
        await signals.WaitAsync("g deactivates 1 ShuttingDown");

        await Should.ThrowAsync<SiloUnavailableException>(cluster.Grains.GetGrain<IWorkerGrain>("w").WorkAsync);
        signals.Set("let go");

        await stop.WaitAsync(Patience.Limit);
    }
}
