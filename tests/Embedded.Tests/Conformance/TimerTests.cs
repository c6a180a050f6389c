namespace DataExport.Embedded.Tests;

/// <summary>Grain timers, on the real clock and without a claim about it.</summary>
public sealed class TimerTests(SharedCluster cluster) : IClassFixture<SharedCluster>
{
    private static readonly TimeSpan s_soon = TimeSpan.FromMilliseconds(1);

    private readonly string _key = Guid.NewGuid().ToString();

    private ITimerGrain Grain => cluster.Grains.GetGrain<ITimerGrain>(_key);

    [Fact]
    public async Task Timer_TicksAgainAndAgain()
    {
        await Grain.StartAsync("tick", s_soon, s_soon);

        await cluster.Signals.WaitAsync($"{_key} tick 3");
        await Grain.DisposeTimerAsync();
    }

    [Fact]
    public async Task Timer_OfEveryShape_TicksInATurnOfTheGrain()
    {
        await Grain.StartAllShapesAsync();

        foreach (var shape in new[] { "plain", "token", "state", "state and token" })
        {
            await cluster.Signals.WaitAsync($"{_key} {shape} True");
        }
    }

    [Fact]
    public async Task Ticks_OfOneTimer_NeverOverlap()
    {
        await Grain.StartHoldingAsync("tick", s_soon, s_soon, interleave: true, keepAlive: false);
        await cluster.Signals.WaitAsync($"{_key} tick 1 begins");

        // The grain is free, so a second tick could run if it were allowed to.
        await Grain.ChangeAsync(s_soon, s_soon);
        await Grain.ChangeAsync(s_soon, s_soon);
        cluster.Signals.IsSet($"{_key} tick 2 begins").ShouldBeFalse();

        cluster.Signals.Set($"{_key} tick 1");
        await cluster.Signals.WaitAsync($"{_key} tick 2 begins");
        cluster.Signals.Events.ToList().IndexOf($"{_key} tick 1 ends")
            .ShouldBeLessThan(cluster.Signals.Events.ToList().IndexOf($"{_key} tick 2 begins"));
        await Grain.DisposeTimerAsync();
        cluster.Signals.Set($"{_key} tick 2");
    }

    [Fact]
    public async Task Tick_ThatDoesNotInterleave_WaitsForTheRunningCall_AndCallsWaitForIt()
    {
        await Grain.StartHoldingAsync("tick", s_soon, Timeout.InfiniteTimeSpan, interleave: false, keepAlive: false);
        await cluster.Signals.WaitAsync($"{_key} tick 1 begins");
        var call = Grain.HoldAsync($"{_key} call");
        await Grain.ChangeAsync(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        cluster.Signals.IsSet($"{_key} call begun").ShouldBeFalse();
        cluster.Signals.Set($"{_key} tick 1");
        await cluster.Signals.WaitAsync($"{_key} call begun");
        cluster.Signals.Set($"{_key} call");
        await call;
    }

    [Fact]
    public async Task Tick_ThatInterleaves_RunsBesideTheRunningCall()
    {
        var call = Grain.HoldAsync($"{_key} first");
        cluster.Signals.Set($"{_key} first");
        await call;
        await Grain.StartHoldingAsync("tick", s_soon, s_soon, interleave: true, keepAlive: false);
        await cluster.Signals.WaitAsync($"{_key} tick 1 begins");

        call = Grain.HoldAsync($"{_key} call");
        await cluster.Signals.WaitAsync($"{_key} call begun");
        cluster.Signals.Set($"{_key} tick 1");
        await cluster.Signals.WaitAsync($"{_key} tick 2 begins");

        cluster.Signals.Set($"{_key} call");
        cluster.Signals.Set($"{_key} tick 2");
        await call;
        await Grain.DisposeTimerAsync();
    }

    [Fact]
    public async Task Tick_ThatFails_IsFollowedByTheNext()
    {
        await Grain.StartFailingAsync("tick", s_soon, s_soon);

        await cluster.Signals.WaitAsync($"{_key} tick 3");
        await Grain.DisposeTimerAsync();
    }

    [Fact]
    public async Task Change_WithinTheTick_IsWhatTheTimerDoesNext()
    {
        await Grain.StartChangingAsync("tick", s_soon, s_soon);

        await cluster.Signals.WaitAsync($"{_key} tick 2");
    }

    [Fact]
    public async Task Change_OfAStoppedTimer_StartsIt()
    {
        await Grain.StartAsync("tick", Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await Grain.ChangeAsync(s_soon, Timeout.InfiniteTimeSpan);

        await cluster.Signals.WaitAsync($"{_key} tick 1");
    }

    [Fact]
    public async Task Dispose_DuringATick_CancelsItsToken()
    {
        await Grain.StartHoldingAsync("tick", s_soon, s_soon, interleave: true, keepAlive: false);
        await cluster.Signals.WaitAsync($"{_key} tick 1 begins");

        await Grain.DisposeTimerAsync();

        await cluster.Signals.WaitAsync($"{_key} tick 1 cancelled");
        cluster.Signals.Set($"{_key} tick 1");
    }

    [Theory]
    [InlineData(-2, 0)]
    [InlineData(0, -2)]
    public async Task Timer_WithNegativeTimes_IsRefused(int dueMs, int periodMs) =>
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => Grain.StartAsync(
            "tick", TimeSpan.FromMilliseconds(dueMs), TimeSpan.FromMilliseconds(periodMs)));
}
