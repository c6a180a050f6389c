using Microsoft.Extensions.DependencyInjection;

namespace DataExport.Embedded.Tests;

/// <summary>A chain of calls that waits for itself ends, and says so.</summary>
public sealed class DeadLockTests : IAsyncLifetime
{
    private const string Walk = "DataExport.Embedded.Tests.IChainGrain.WalkAsync";
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(35);
    private readonly FakeClock _clock = new();
    private GrainCluster _cluster = null!;

    private Signals Signals => _cluster.Services.GetRequiredService<Signals>();

    public async Task InitializeAsync() => _cluster = await GrainCluster.StartAsync(
        silo => silo.Services.AddSingleton<TimeProvider>(_clock));

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Chain_ThatComesBackToItsBeginning_EndsWithATimeoutThatNamesEachLink()
    {
        var message = await WalkAsync("a", "b,a", lastToWalk: "b");

        message.ShouldContain(
            $"Call chain: chain/a {Walk} -> chain/b {Walk} -> chain/a {Walk}, which waits for chain/a {Walk}: "
            + "a dead lock.");
    }

    [Fact]
    public async Task Chain_ThatComesBackToItsMiddle_EndsWithATimeoutThatNamesEachLink()
    {
        var message = await WalkAsync("a", "b,c,b", lastToWalk: "c");

        message.ShouldContain(
            $"Call chain: chain/a {Walk} -> chain/b {Walk} -> chain/c {Walk} -> chain/b {Walk}, "
            + $"which waits for chain/b {Walk}: a dead lock.");
    }

    [Fact]
    public async Task TwoChains_ThatWaitForEachOther_EndWithATimeoutThatNamesBoth()
    {
        var hold = _cluster.Grains.GetGrain<ITurnGrain>("held").HoldAsync("held");
        await Signals.WaitAsync("held begins");
        var waiting = _cluster.Grains.GetGrain<ITurnGrain>("held").RecordAsync("never");
        _clock.Advance(s_timeout);

        var message = (await Should.ThrowAsync<TimeoutException>(() => waiting)).Message;

        message.ShouldContain("ITurnGrain.RecordAsync, which waits for turn/held");
        message.ShouldContain("ITurnGrain.HoldAsync.");
        message.ShouldNotContain("dead lock");
        Signals.Set("held");
        await Should.ThrowAsync<TimeoutException>(() => hold);
    }

    /// <summary>The message that the first caller gets when the walk has taken too long.</summary>
    private async Task<string> WalkAsync(string first, string path, string lastToWalk)
    {
        var walk = _cluster.Grains.GetGrain<IChainGrain>(first).WalkAsync(path);
        await Signals.WaitAsync($"{lastToWalk} waits for {path.Split(',')[^1]}");

        _clock.Advance(s_timeout);

        return (await Should.ThrowAsync<TimeoutException>(() => walk)).Message;
    }
}
