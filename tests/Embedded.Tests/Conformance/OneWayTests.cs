namespace DataExport.Embedded.Tests;

/// <summary>Calls for which nobody waits.</summary>
public sealed class OneWayTests(SharedCluster cluster) : IClassFixture<SharedCluster>
{
    private readonly string _key = Guid.NewGuid().ToString();

    private IOneWayGrain Grain => cluster.Grains.GetGrain<IOneWayGrain>(_key);

    [Fact]
    public async Task OneWayCall_IsDoneForItsCaller_BeforeItEnds()
    {
        await Grain.HoldAsync($"{_key} held").WaitAsync(Patience.Limit);
        await cluster.Signals.WaitAsync($"{_key} held begins");

        cluster.Signals.IsSet($"{_key} held ends").ShouldBeFalse();
        cluster.Signals.Set($"{_key} held");
        await cluster.Signals.WaitAsync($"{_key} held ends");
    }

    [Fact]
    public async Task OneWayCall_ThatFails_TellsNobody_AndLeavesTheActivationAsItIs()
    {
        var before = await Grain.GetActivationAsync();

        await Grain.FailAsync($"{_key} at once").WaitAsync(Patience.Limit);
        await Grain.FailLaterAsync($"{_key} later").AsTask().WaitAsync(Patience.Limit);

        await cluster.Signals.WaitAsync($"{_key} at once");
        await cluster.Signals.WaitAsync($"{_key} later");
        (await Grain.GetActivationAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task OneWayCall_OfAGrainToItself_RunsAfterTheCallThatMadeIt()
    {
        await Grain.TellItselfAsync($"{_key} self").WaitAsync(Patience.Limit);
        await cluster.Signals.WaitAsync($"{_key} self begins");

        cluster.Signals.Set($"{_key} self");
        await cluster.Signals.WaitAsync($"{_key} self ends");
    }

    [Fact]
    public async Task OneWayCall_TakesItsTurnAsAnyCall()
    {
        await Grain.HoldAsync($"{_key} first");
        await cluster.Signals.WaitAsync($"{_key} first begins");
        var answer = Grain.GetActivationAsync();

        cluster.Signals.Set($"{_key} first");
        await answer;
        cluster.Signals.IsSet($"{_key} first ends").ShouldBeTrue();
    }
}
