namespace DataExport.Embedded.Tests;

/// <summary>Which calls of one grain activation may run beside each other.</summary>
public sealed class InterleaveTests(SharedCluster cluster) : IClassFixture<SharedCluster>
{
    private readonly string _key = Guid.NewGuid().ToString();

    private Signals Signals => cluster.Signals;

    private IReadGrain Reader => cluster.Grains.GetGrain<IReadGrain>(_key);

    [Fact]
    public async Task ReadOnlyCalls_RunBesideEachOther()
    {
        var one = Reader.ReadAsync($"{_key} one");
        await Signals.WaitAsync($"{_key} one begins");
        var two = Reader.ReadAsync($"{_key} two");
        await Signals.WaitAsync($"{_key} two begins");

        Signals.Set($"{_key} one");
        Signals.Set($"{_key} two");
        await Task.WhenAll(one, two);
    }

    [Fact]
    public async Task ReadOnlyCall_PassesAWriteThatWaitsForAnother()
    {
        var first = Reader.ReadAsync($"{_key} first");
        await Signals.WaitAsync($"{_key} first begins");
        var write = Reader.WriteAsync($"{_key} write");
        await Reader.PassAsync();
        var second = Reader.ReadAsync($"{_key} second");
        await Signals.WaitAsync($"{_key} second begins");

        Signals.IsSet($"{_key} write begins").ShouldBeFalse();
        Signals.Set($"{_key} second");
        Signals.Set($"{_key} first");
        await Signals.WaitAsync($"{_key} write begins");
        Signals.Set($"{_key} write");
        await Task.WhenAll(first, write, second);
    }

    [Fact]
    public async Task ReadOnlyCall_WaitsForAWrite()
    {
        var write = Reader.WriteAsync($"{_key} write");
        await Signals.WaitAsync($"{_key} write begins");
        var read = Reader.ReadAsync($"{_key} read");
        await Reader.PassAsync();

        Signals.IsSet($"{_key} read begins").ShouldBeFalse();
        Signals.Set($"{_key} write");
        await Signals.WaitAsync($"{_key} read begins");
        Signals.Set($"{_key} read");
        await Task.WhenAll(write, read);
    }

    [Fact]
    public async Task CallsOfAReentrantGrain_RunBesideEachOther()
    {
        var grain = cluster.Grains.GetGrain<IReentrantGrain>(_key);
        var one = grain.HoldAsync($"{_key} one");
        await Signals.WaitAsync($"{_key} one begins");
        var two = grain.HoldAsync($"{_key} two");
        await Signals.WaitAsync($"{_key} two begins");

        Signals.Set($"{_key} two");
        await two;
        Signals.Set($"{_key} one");
        await one;
    }

    [Fact]
    public async Task ReentrantGrain_CalledBackDownTheChain_Answers() =>
        (await cluster.Grains.GetGrain<IReentrantGrain>(_key).AskThroughAsync("the other")).ShouldBe(_key);

    [Fact]
    public async Task CallThatMayInterleave_PassesOneThatMayNot()
    {
        var grain = cluster.Grains.GetGrain<IChoosyGrain>(_key);
        var first = grain.HoldAsync($"{_key} first", mayPass: false);
        await Signals.WaitAsync($"{_key} first begins");
        var second = grain.HoldAsync($"{_key} second", mayPass: false);
        await grain.PassAsync();
        var passing = grain.HoldAsync($"{_key} passing", mayPass: true);
        await Signals.WaitAsync($"{_key} passing begins");

        Signals.IsSet($"{_key} second begins").ShouldBeFalse();
        Signals.Set($"{_key} passing");
        await passing;
        Signals.Set($"{_key} first");
        Signals.Set($"{_key} second");
        await Task.WhenAll(first, second);
    }
}
