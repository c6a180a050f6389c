using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace DataExport.Embedded.Tests;

[CollectionAgeLimit(Minutes = 5)]
public sealed class ShortLivedGrain : Grain, IShortLivedGrain
{
    public Task<string> GetActivationAsync() => Task.FromResult(Marker);

    private string Marker { get; } = Guid.NewGuid().ToString();
}

public interface IShortLivedGrain : IGrainWithStringKey
{
    Task<string> GetActivationAsync();
}

[KeepAlive]
public sealed class EternalGrain : Grain, IEternalGrain
{
    public Task<string> GetActivationAsync() => Task.FromResult(Marker);

    private string Marker { get; } = Guid.NewGuid().ToString();
}

public interface IEternalGrain : IGrainWithStringKey
{
    Task<string> GetActivationAsync();
}

/// <summary>What waits on the clock: idle grains, call time-outs, timers.</summary>
public sealed class ClockTests : IAsyncLifetime
{
    private static readonly TimeSpan s_age = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan s_quantum = TimeSpan.FromMinutes(1);

    private readonly FakeClock _clock = new();
    private GrainCluster _cluster = null!;

    private Signals Signals => _cluster.Services.GetRequiredService<Signals>();

    private ILifeGrain Life => _cluster.Grains.GetGrain<ILifeGrain>("g");

    private ITimerGrain Timer => _cluster.Grains.GetGrain<ITimerGrain>("t");

    public async Task InitializeAsync() => _cluster = await GrainCluster.StartAsync(silo =>
    {
        silo.Services.AddSingleton<TimeProvider>(_clock).AddSingleton<LifeScripts>().AddScoped<ScopedThing>();
        silo.Configure<GrainCollectionOptions>(
            options => options.ClassSpecificCollectionAge[typeof(CallGrain).FullName!] = TimeSpan.FromMinutes(2));
    });

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Grain_IdleForItsAge_LeavesWithinAQuantum()
    {
        await Life.GetActivationNumberAsync();
        _clock.Advance(s_age - s_quantum);
        (await Life.GetActivationNumberAsync()).ShouldBe(1);

        _clock.Advance(s_age - s_quantum);
        Signals.Events.ShouldNotContain("g deactivates 1 ActivationIdle");
        _clock.Advance(s_quantum * 3);

        await LeavesAsync(Life.GetActivationNumberAsync, 1, s_age + (s_quantum * 2));
        Signals.Events.ShouldContain("g deactivates 1 ActivationIdle");
    }

    [Fact]
    public async Task Grain_WithACallRunning_IsNotIdle()
    {
        var call = Life.LeaveAndHoldAsync("never mind");
        await Signals.WaitAsync("never mind begun");
        Signals.Set("never mind");
        await call;
        var busy = _cluster.Grains.GetGrain<ITurnGrain>("busy").HoldAsync("work");
        await Signals.WaitAsync("work begins");

        _clock.Advance(s_age * 2);
        Signals.Set("work");

        // Its caller has given up long ago; the call itself went on.
        await Should.ThrowAsync<TimeoutException>(() => busy);
        await Signals.WaitAsync("work ends");
    }

    [Fact]
    public async Task Ages_OfAttributeAndOptions_AreTheClassesOwn()
    {
        var shortLived = _cluster.Grains.GetGrain<IShortLivedGrain>("s");
        var byOptions = _cluster.Grains.GetGrain<ICallGrain>("o");
        var eternal = _cluster.Grains.GetGrain<IEternalGrain>("e");
        var before = (await shortLived.GetActivationAsync(), await byOptions.GetActivationAsync(),
            await eternal.GetActivationAsync());

        _clock.Advance(TimeSpan.FromMinutes(4));
        (await shortLived.GetActivationAsync()).ShouldBe(before.Item1);
        await LeavesAsync(byOptions.GetActivationAsync, before.Item2, TimeSpan.FromMinutes(4));
        await LeavesAsync(shortLived.GetActivationAsync, before.Item1, TimeSpan.FromMinutes(8));
        _clock.Advance(TimeSpan.FromDays(3));
        (await eternal.GetActivationAsync()).ShouldBe(before.Item3);
    }

    [Fact]
    public async Task DelayDeactivation_KeepsAnIdleGrain_UntilTakenBack()
    {
        await Life.StayAsync(TimeSpan.FromHours(2));
        _clock.Advance(TimeSpan.FromMinutes(100));
        (await Life.GetActivationNumberAsync()).ShouldBe(1);

        await Life.StayAsync(TimeSpan.Zero);

        await LeavesAsync(Life.GetActivationNumberAsync, 1, s_age + (s_quantum * 3));
    }

    [Fact]
    public async Task Call_UnansweredForTheResponseTimeout_FailsNamingGrainAndMethod()
    {
        var call = _cluster.Grains.GetGrain<ITurnGrain>("slow").HoldAsync("slow");
        await Signals.WaitAsync("slow begins");

        _clock.Advance(TimeSpan.FromSeconds(29));
        call.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(4));

        var timeout = await Should.ThrowAsync<TimeoutException>(() => call);
        timeout.Message.ShouldContain("turn/slow");
        timeout.Message.ShouldContain("ITurnGrain.HoldAsync");
        Signals.Set("slow");
        await Signals.WaitAsync("slow ends");
    }

    [Fact]
    public async Task Call_ThatWaitedTooLong_IsNeverRun()
    {
        var grain = _cluster.Grains.GetGrain<ITurnGrain>("queue");
        var running = grain.HoldAsync("running");
        await Signals.WaitAsync("running begins");
        _clock.Advance(TimeSpan.FromSeconds(20));
        var waiting = grain.RecordAsync("too late");
        _clock.Advance(TimeSpan.FromSeconds(14));
        await Should.ThrowAsync<TimeoutException>(() => running);
        waiting.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(20));
        await Should.ThrowAsync<TimeoutException>(() => waiting);

        Signals.Set("running");
        await grain.RecordAsync("in time");

        Signals.IsSet("too late").ShouldBeFalse();
    }

    [Fact]
    public async Task Activation_ThatTakesTooLong_FailsItsCalls()
    {
        var script = _cluster.Services.GetRequiredService<LifeScripts>()["g"];
        script.HoldsActivation = "never";
        var call = Life.GetActivationNumberAsync();
        await Signals.WaitAsync("g activates 1");

        _clock.Advance(TimeSpan.FromSeconds(35));

        await Should.ThrowAsync<TimeoutException>(() => call);
        await script.LastContext!.Deactivated.WaitAsync(Patience.Limit);
        script.HoldsActivation = null;
        (await Life.GetActivationNumberAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task Deactivation_ThatTakesTooLong_IsAbandoned()
    {
        var script = _cluster.Services.GetRequiredService<LifeScripts>()["g"];
        script.HoldsDeactivation = "never";
        await Life.LeaveAsync();
        await Signals.WaitAsync("g deactivates 1 ApplicationRequested");
        script.HoldsDeactivation = null;

        _clock.Advance(TimeSpan.FromSeconds(35));

        (await Life.GetActivationNumberAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task Timer_CountsFromTheEndOfTheLastTick()
    {
        await Timer.StartHoldingAsync(
            "tick", TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), interleave: false, keepAlive: false);
        _clock.Advance(TimeSpan.FromSeconds(4));
        Signals.IsSet("t tick 1 begins").ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Signals.WaitAsync("t tick 1 begins");

        _clock.Advance(TimeSpan.FromSeconds(25));
        Signals.Set("t tick 1");
        await Signals.WaitAsync("t tick 1 ends");
        await Timer.ChangeAsync(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10));
        await _clock.ArmedAsync(TimeSpan.FromSeconds(10));
        _clock.Advance(TimeSpan.FromSeconds(9));
        Signals.IsSet("t tick 2 begins").ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Signals.WaitAsync("t tick 2 begins");
        Signals.Set("t tick 2");
    }

    [Fact]
    public async Task Ticks_ThatKeepTheirGrain_GoOnBeyondItsAge()
    {
        await StartTickingAsync(keepAlive: true);

        for (var tick = 1; tick <= 8; tick++)
        {
            await TickAsync(tick);
        }

        Signals.IsSet("t deactivates ActivationIdle").ShouldBeFalse();
    }

    [Fact]
    public async Task Ticks_ThatDoNotKeepTheirGrain_EndWithItsAge()
    {
        await StartTickingAsync(keepAlive: false);
        await TickAsync(1);
        var left = Signals.WaitAsync("t deactivates ActivationIdle");

        // A look that meets the grain in the middle of a tick comes again an age later: a few more may be needed.
        for (var tick = 2; tick <= 12 && !left.IsCompleted; tick++)
        {
            _clock.Advance(s_age / 2);
            await Task.WhenAny(left, _clock.ArmedAsync(s_age / 2));
        }

        await left;
    }

    [Fact]
    public async Task Timer_OfAGrainThatHasLeft_TicksNoMore()
    {
        await Timer.StartAsync("tick", TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5));
        _clock.Advance(TimeSpan.FromSeconds(5));
        await Signals.WaitAsync("t tick 1");
        await Timer.LeaveAsync();
        await Timer.HoldNothingAsync(Signals);

        _clock.Advance(TimeSpan.FromMinutes(1));
        await Timer.HoldNothingAsync(Signals);

        Signals.IsSet("t tick 2").ShouldBeFalse();
    }

    /// <summary>
    /// Asks at most every <paramref name="idle"/> until another activation answers. A call is answered a moment before
    /// it has ended: a look that comes in between finds the grain busy, and comes again an age later.
    /// </summary>
    private async Task LeavesAsync<T>(Func<Task<T>> ask, T before, TimeSpan idle)
    {
        var answer = await ask();
        for (var asked = 1; asked < 5 && Equals(answer, before); asked++)
        {
            _clock.Advance(idle);
            answer = await ask();
        }

        answer.ShouldNotBe(before);
    }

    private Task StartTickingAsync(bool keepAlive)
    {
        for (var tick = 1; tick <= 12; tick++)
        {
            Signals.Set($"t tick {tick}");
        }

        return Timer.StartHoldingAsync("tick", s_age / 2, s_age / 2, interleave: false, keepAlive);
    }

    /// <summary>Moves the clock to a tick, and waits until the next one is armed: until then it is not over.</summary>
    private async Task TickAsync(int tick)
    {
        _clock.Advance(s_age / 2);
        await Signals.WaitAsync($"t tick {tick} ends");
        await _clock.ArmedAsync(s_age / 2);
    }
}

internal static class TimerGrainExtensions
{
    /// <summary>A call that comes back at once: whatever was queued before it has run.</summary>
    public static Task HoldNothingAsync(this ITimerGrain grain, Signals signals)
    {
        signals.Set("nothing");
        return grain.HoldAsync("nothing");
    }
}
