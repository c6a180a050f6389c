using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.Serialization.Invocation;

namespace DataExport.Embedded.Tests;

/// <summary>How the first tick of a <see cref="RestlessGrain"/> ends.</summary>
public enum TickEnd
{
    AtOnce = 0,
    AfterAnAwait = 1,
    Throwing = 2,
    ThrowingAfterAnAwait = 3,
}

public interface IRestlessGrain : IGrainWithStringKey
{
    /// <summary>The tick after the first is due at once. Each records <c>tick n</c>.</summary>
    Task StartAsync(TickEnd firstEnd);

    [AlwaysInterleave]
    Task HoldAsync(string name);

    Task RecordAsync(string what);
}

[MayInterleave(nameof(MayPass))]
public sealed class RestlessGrain(Signals signals) : Grain, IRestlessGrain
{
    private static readonly AsyncLocal<bool> s_isKeptOut = new();
    private IGrainTimer? _timer;
    private int _ticks;

    /// <summary>Throws for ticks that come from within <see cref="KeepOut"/>.</summary>
    public static bool MayPass(IInvokable call) =>
        s_isKeptOut.Value ? throw new NotToBeDoneException("no tick now") : false;

    /// <summary>Does what makes a tick, which is not let in.</summary>
    public static void KeepOut(Action tick)
    {
        s_isKeptOut.Value = true;
        tick();
        s_isKeptOut.Value = false;
    }

    public Task StartAsync(TickEnd firstEnd)
    {
        _timer = this.RegisterGrainTimer(
            () => TickAsync(firstEnd), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        return Task.CompletedTask;
    }

    public Task HoldAsync(string name) => signals.HoldAsync(name);

    public Task RecordAsync(string what)
    {
        signals.Record(what);
        return Task.CompletedTask;
    }

    private Task TickAsync(TickEnd end)
    {
        signals.Record($"tick {++_ticks}");
        if (_ticks > 1)
        {
            return Task.CompletedTask;
        }

        _timer!.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        return end switch
        {
            TickEnd.AfterAnAwait => YieldAsync(fails: false),
            TickEnd.Throwing => throw new NotToBeDoneException("tick"),
            TickEnd.ThrowingAfterAnAwait => YieldAsync(fails: true),
            _ => Task.CompletedTask,
        };
    }

    private static async Task YieldAsync(bool fails)
    {
        await Task.Yield();
        if (fails)
        {
            throw new NotToBeDoneException("tick");
        }
    }
}

/// <summary>A timer is the call of all its ticks: the next may come in when the last has quite ended.</summary>
public sealed class TickEndTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private readonly EagerClock _eager;
    private GrainCluster _cluster = null!;

    public TickEndTests() => _eager = new EagerClock(_clock);

    private Signals Signals => _cluster.Services.GetRequiredService<Signals>();

    private IRestlessGrain Grain => _cluster.Grains.GetGrain<IRestlessGrain>("r");

    public async Task InitializeAsync() => _cluster = await GrainCluster.StartAsync(
        silo => silo.Services.AddSingleton<TimeProvider>(_eager));

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Theory]
    [InlineData(TickEnd.AtOnce)]
    [InlineData(TickEnd.AfterAnAwait)]
    [InlineData(TickEnd.Throwing)]
    [InlineData(TickEnd.ThrowingAfterAnAwait)]
    public async Task Tick_DueAsTheLastEnds_LosesNoCallThatWaitsBehindIt(TickEnd firstEnd)
    {
        await Grain.StartAsync(firstEnd);
        _eager.Fired = () => _ = Grain.RecordAsync("behind");

        _clock.Advance(TimeSpan.FromSeconds(1));

        await Signals.WaitAsync("behind");
        Signals.Events.ShouldBe(["tick 1", "tick 2", "behind"]);
    }

    [Theory]
    [InlineData(TickEnd.AtOnce)]
    [InlineData(TickEnd.AfterAnAwait)]
    [InlineData(TickEnd.Throwing)]
    [InlineData(TickEnd.ThrowingAfterAnAwait)]
    public async Task Tick_DueAsTheLastEnds_LosesNoCallThatRunsBesideIt(TickEnd firstEnd)
    {
        var held = Grain.HoldAsync("held");
        await Signals.WaitAsync("held begins");
        await Grain.StartAsync(firstEnd);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Signals.WaitAsync("tick 2");

        // Only a call that is known to run can wait too long.
        _clock.Advance(TimeSpan.FromSeconds(35));

        var timeout = await Should.ThrowAsync<TimeoutException>(() => held.WaitAsync(Patience.Limit));
        timeout.Message.ShouldContain("IRestlessGrain.HoldAsync");
        Signals.Set("held");
    }

    [Fact]
    public async Task Tick_ThatIsNotLetIn_IsFollowedByTheNext()
    {
        await Grain.StartAsync(TickEnd.AtOnce);
        RestlessGrain.KeepOut(() => _clock.Advance(TimeSpan.FromSeconds(1)));
        Signals.IsSet("tick 1").ShouldBeFalse();

        _clock.Advance(TimeSpan.FromSeconds(1));

        await Signals.WaitAsync("tick 1");
    }
}
