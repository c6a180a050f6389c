namespace DataExport.Embedded.Tests;

/// <summary>Values that go along with calls.</summary>
public sealed class RequestContextTests(SharedCluster cluster) : IClassFixture<SharedCluster>
{
    private readonly string _key = Guid.NewGuid().ToString();

    private IContextGrain Grain => cluster.Grains.GetGrain<IContextGrain>(_key);

    [Fact]
    public async Task Value_SetByTheCaller_IsSeenByTheGrain_AndByTheNext()
    {
        RequestContext.Set("colour", "red");

        (await Grain.GetAsync("colour")).ShouldBe("red");
        (await Grain.GetThroughAsync($"{_key} next", "colour")).ShouldBe("red");
    }

    [Fact]
    public async Task Value_SetByTheGrain_IsSeenByTheNext_AndNotByItsCaller()
    {
        RequestContext.Set("colour", "red");

        await Grain.SetAsync("colour", "blue");
        (await Grain.SetAndGetThroughAsync($"{_key} next", "colour", "green")).ShouldBe("green");

        RequestContext.Get("colour").ShouldBe("red");
        (await Grain.GetAsync("colour")).ShouldBe("red");
    }

    [Fact]
    public async Task Value_OfOneCall_IsNotSeenByTheNextWithoutIt()
    {
        RequestContext.Set("colour", "red");
        await Grain.SetAsync("size", "large");

        RequestContext.Remove("colour").ShouldBeTrue();
        RequestContext.Remove("colour").ShouldBeFalse();

        (await Grain.GetAsync("colour")).ShouldBeNull();
        (await Grain.GetAsync("size")).ShouldBeNull();
    }

    [Fact]
    public async Task Values_OfCallersAtTheSameTime_AreTheirOwn()
    {
        var seen = await Task.WhenAll(Enumerable.Range(0, 100).Select(caller => Task.Run(async () =>
        {
            RequestContext.Set("caller", $"{caller}");
            return await Grain.GetThroughAsync($"{_key} {caller % 7}", "caller");
        })));

        seen.ShouldBe(Enumerable.Range(0, 100).Select(caller => (string?)$"{caller}"));
    }

    [Fact]
    public async Task Clear_ForgetsAllValues()
    {
        RequestContext.Set("colour", "red");
        RequestContext.Set("size", "large");
        RequestContext.Keys.ShouldBe(["colour", "size"], ignoreOrder: true);

        RequestContext.Clear();

        RequestContext.Keys.ShouldBeEmpty();
        (await Grain.GetAsync("colour")).ShouldBeNull();
    }

    [Fact]
    public async Task Value_OfTheFirstCall_IsSeenWhileTheGrainActivates()
    {
        RequestContext.Set("activating", "yes");

        (await Grain.GetWhileActivatingAsync()).ShouldBe("yes");
    }

    [Fact]
    public async Task Value_GoesAlongWithAOneWayCall()
    {
        RequestContext.Set("colour", "red");
        await Grain.TellAsync("colour");

        (await cluster.Signals.WaitAsync($"{_key} told")).ShouldBe("red");
    }
}
