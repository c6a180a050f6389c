using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace DataExport.Embedded.Tests;

/// <summary>What has no end: grains that stay for ever, calls and activations without a limit.</summary>
public sealed class StayTests : IAsyncLifetime
{
    private static readonly TimeSpan s_age = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    private readonly FakeClock _clock = new();
    private GrainCluster _cluster = null!;

    public static TheoryData<TimeSpan> ForEver =>
        [TimeSpan.MaxValue, Timeout.InfiniteTimeSpan, TimeSpan.FromDays(1_000_000)];

    private Signals Signals => _cluster.Services.GetRequiredService<Signals>();

    private ILifeGrain Life => _cluster.Grains.GetGrain<ILifeGrain>("g");

    public async Task InitializeAsync() => _cluster = await GrainCluster.StartAsync(silo =>
    {
        silo.Services.AddSingleton<TimeProvider>(_clock).AddSingleton<LifeScripts>().AddScoped<ScopedThing>();
        silo.Configure<SiloMessagingOptions>(static options => options.ResponseTimeout = TimeSpan.MaxValue);
        silo.Configure<GrainCollectionOptions>(static options =>
            (options.ActivationTimeout, options.DeactivationTimeout) =
                (Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
    });

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Theory]
    [MemberData(nameof(ForEver))]
    public async Task DelayDeactivation_ForEver_KeepsTheGrainUntilTakenBack(TimeSpan delay)
    {
        await Life.StayAsync(delay);
        _clock.Advance(s_day);
        (await Life.GetActivationNumberAsync()).ShouldBe(1);

        await Life.StayAsync(TimeSpan.Zero);

        await LeavesAsync(s_age * 2);
    }

    [Theory]
    [MemberData(nameof(ForEver))]
    public async Task DelayDeactivation_ForAWhileAfterForEver_KeepsTheGrainForThatWhile(TimeSpan delay)
    {
        await Life.StayAsync(delay);
        _clock.Advance(s_day);

        await Life.StayAsync(TimeSpan.FromHours(2));
        _clock.Advance(TimeSpan.FromMinutes(100));

        (await Life.GetActivationNumberAsync()).ShouldBe(1);
        await LeavesAsync(s_age * 3);
    }

    [Fact]
    public async Task Limits_ThatAreNone_AreNeverReached()
    {
        var script = _cluster.Services.GetRequiredService<LifeScripts>()["g"];
        (script.HoldsActivation, script.HoldsDeactivation) = ("come", "go");
        var first = Life.LeaveAsync();
        await Signals.WaitAsync("g activates 1");
        _clock.Advance(s_day);
        first.IsCompleted.ShouldBeFalse();

        Signals.Set("come");
        await first;
        await Signals.WaitAsync("g deactivates 1 ApplicationRequested");
        var second = Life.GetActivationNumberAsync();
        _clock.Advance(s_day);
        second.IsCompleted.ShouldBeFalse();

        Signals.Set("go");
        (await second).ShouldBe(2);
    }

    /// <summary>
    /// Asks after a while without calls whether another activation answers; again, since a look that meets the end of
    /// the last call comes again an age later.
    /// </summary>
    private async Task LeavesAsync(TimeSpan idle)
    {
        var number = 1;
        for (var asked = 0; asked < 5 && number == 1; asked++)
        {
            _clock.Advance(idle);
            number = await Life.GetActivationNumberAsync();
        }

        number.ShouldBe(2);
    }
}
