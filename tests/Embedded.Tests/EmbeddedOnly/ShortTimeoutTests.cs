using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace DataExport.Embedded.Tests;

/// <summary>Callers that have less patience than the silo has with a grain that comes up.</summary>
public sealed class ShortTimeoutTests
{
    [Fact]
    public async Task Call_OfAGrainThatIsComingUp_FailsAtItsOwnTimeAndNotAtTheActivations()
    {
        var clock = new FakeClock();
        await using var cluster = await GrainCluster.StartAsync(silo =>
        {
            silo.Services.AddSingleton<TimeProvider>(clock).AddSingleton<LifeScripts>().AddScoped<ScopedThing>();
            silo.Configure<SiloMessagingOptions>(
                static options => options.ResponseTimeout = TimeSpan.FromSeconds(5));
        });
        var signals = cluster.Services.GetRequiredService<Signals>();
        cluster.Services.GetRequiredService<LifeScripts>()["g"].HoldsActivation = "come";
        var grain = cluster.Grains.GetGrain<ILifeGrain>("g");
        var first = grain.GetActivationNumberAsync();
        await signals.WaitAsync("g activates 1");
        clock.Advance(TimeSpan.FromSeconds(7));
        await Should.ThrowAsync<TimeoutException>(() => first);

        var second = grain.GetActivationNumberAsync();
        clock.Advance(TimeSpan.FromSeconds(7));

        second.IsCompleted.ShouldBeTrue();
        await Should.ThrowAsync<TimeoutException>(() => second);
        signals.Set("come");
        (await grain.GetActivationNumberAsync()).ShouldBe(1);
    }
}
