using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace DataExport.Embedded.Tests;

public sealed class TurnTests(SharedCluster cluster) : IClassFixture<SharedCluster>
{
    private readonly string _key = Guid.NewGuid().ToString();

    private ITurnGrain Grain => cluster.Grains.GetGrain<ITurnGrain>(_key);

    [Fact]
    public async Task Calls_OfOneGrain_DoNotInterleave()
    {
        var first = Grain.HoldAsync($"{_key} first");
        await cluster.Signals.WaitAsync($"{_key} first begins");
        var second = Grain.RecordAsync($"{_key} second");
        await cluster.Grains.GetGrain<ITurnGrain>(_key).RecordInterleavingAsync($"{_key} passes");

        cluster.Signals.IsSet($"{_key} second").ShouldBeFalse();
        cluster.Signals.Set($"{_key} first");
        await Task.WhenAll(first, second);

        Events().ShouldBe(["first begins", "passes", "first ends", "second"]);
    }

    [Fact]
    public async Task InterleavingCalls_RunBesideEachOtherAndBesideTheOthers()
    {
        var one = Grain.HoldInterleavingAsync($"{_key} one");
        await cluster.Signals.WaitAsync($"{_key} one begins");
        var two = Grain.HoldInterleavingAsync($"{_key} two");
        await cluster.Signals.WaitAsync($"{_key} two begins");

        // Nothing that blocks is running, so a plain call may begin too.
        await Grain.RecordAsync($"{_key} plain");
        cluster.Signals.Set($"{_key} two");
        await two;
        cluster.Signals.Set($"{_key} one");
        await one;

        Events().ShouldBe(["one begins", "two begins", "plain", "two ends", "one ends"]);
    }

    [Fact]
    public async Task Turns_OfManyInterleavingCalls_NeverOverlap()
    {
        await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                await Grain.CountAsync();
            }
        })));

        (await Grain.GetCountAsync()).ShouldBe(64 * 100 * 2);
    }

    [Fact]
    public async Task Continuations_AfterEveryKindOfAwait_AreTurnsOfTheGrain() =>
        (await Grain.StaysInItsTurnsAsync()).ShouldBeTrue();

    [Fact]
    public async Task AsyncLocals_OfCallerAndOfEarlierCalls_AreNotSeen()
    {
        await Grain.LeaveAnAsyncLocalAsync();
        (await Grain.ReadTheAsyncLocalAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Caller_OfAGrain_ComesBackToItsOwnScheduler()
    {
        await Grain.RecordAsync($"{_key} any");

        TaskScheduler.Current.ShouldBe(TaskScheduler.Default);
    }

    [Fact]
    public async Task Call_OfAGrainToItself_EndsWithATimeoutThatNamesIt()
    {
        await using var impatient = await GrainCluster.StartAsync(silo => silo.Services
            .Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromMilliseconds(300)));
        var grain = impatient.Grains.GetGrain<ICallGrain>("narcissus");

        var timeout = await Should.ThrowAsync<TimeoutException>(grain.CallItselfAsync);

        timeout.Message.ShouldContain("narcissus");
        timeout.Message.ShouldContain(nameof(ICallGrain));
    }

    [Fact]
    public async Task Chain_ThatComesBackToAGrainThatWaits_EndsWithATimeout()
    {
        await using var impatient = await GrainCluster.StartAsync(silo => silo.Services
            .Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromMilliseconds(300)));

        var timeout = await Should.ThrowAsync<TimeoutException>(
            () => impatient.Grains.GetGrain<IChainGrain>("a").WalkAsync("b,a"));

        timeout.Message.ShouldContain("chain/a");
        timeout.Message.ShouldContain(nameof(IChainGrain));
    }

    private List<string> Events() =>
    [
        .. cluster.Signals.Events.Where(one => one.StartsWith(_key, StringComparison.Ordinal))
            .Select(one => one[(_key.Length + 1)..]),
    ];
}
