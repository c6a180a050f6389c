namespace DataExport.Embedded.Tests;

/// <summary>A silo that all tests of a class share.</summary>
public sealed class SharedCluster : IAsyncLifetime
{
    private GrainCluster? _cluster;

    public IGrainFactory Grains => _cluster!.Grains;

    public Signals Signals => (Signals)_cluster!.Services.GetService(typeof(Signals))!;

    public IServiceProvider Services => _cluster!.Services;

    public async Task InitializeAsync() => _cluster = await GrainCluster.StartAsync();

    public async Task DisposeAsync() => await _cluster!.DisposeAsync();
}

public sealed class CallTests(SharedCluster cluster) : IClassFixture<SharedCluster>
{
    private ICallGrain Grain(string key) => cluster.Grains.GetGrain<ICallGrain>(key);

    [Fact]
    public async Task Call_EachShape_AnswersWithTheResult()
    {
        var grain = Grain("shapes");

        await grain.DoAsync("done");
        await grain.TouchAsync();

        cluster.Signals.IsSet("done").ShouldBeTrue();
        (await grain.AddAsync(40, 2)).ShouldBe(42);
        (await grain.GetKeyAsync()).ShouldBe("shapes");
        (await grain.CountAsync(3)).ShouldBe([0, 1, 2]);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("with/slash and space")]
    [InlineData("Ünïcode ✓")]
    public async Task Key_AnyText_ComesBackAsItWas(string key)
    {
        Grain(key).GetPrimaryKeyString().ShouldBe(key);
        (await Grain(key).GetKeyAsync()).ShouldBe(key);
    }

    [Fact]
    public async Task GrainId_OfAGrain_IsItsTypeAndKey()
    {
        (await Grain("me").GetGrainIdAsync()).ShouldBe("call/me");
        Grain("me").GetGrainId().ToString().ShouldBe("call/me");
    }

    [Fact]
    public async Task Calls_WithOneKey_MeetOneActivation()
    {
        var first = await Grain("one").GetActivationAsync();

        (await Grain("one").GetActivationAsync()).ShouldBe(first);
        (await Grain("other").GetActivationAsync()).ShouldNotBe(first);
    }

    [Fact]
    public async Task FirstCalls_Simultaneous_MeetOneActivation()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Grain("rush").GetActivationAsync()));

        all.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Keys_DifferingInCase_AreTwoGrains() =>
        (await Grain("case").GetActivationAsync()).ShouldNotBe(await Grain("CASE").GetActivationAsync());

    [Fact]
    public async Task Exception_ThrownLater_ReachesTheCallerAsThrown() =>
        (await Should.ThrowAsync<NotToBeDoneException>(() => Grain("f").FailAsync("no"))).Message.ShouldBe("no");

    [Fact]
    public async Task Exception_ThrownAtOnce_ReachesTheCallerThroughTheTask()
    {
        var task = Grain("f").FailAtOnceAsync("no");

        (await Should.ThrowAsync<NotToBeDoneException>(() => task)).Message.ShouldBe("no");
    }

    [Fact]
    public async Task Exception_OfAValueTask_ReachesTheCallerAsThrown() =>
        (await Should.ThrowAsync<NotToBeDoneException>(async () => await Grain("f").FailLaterAsync("no")))
            .StackTrace!.ShouldContain(nameof(ICallGrain.FailLaterAsync));

    [Fact]
    public async Task Exception_OfACall_LeavesTheActivationAsItIs()
    {
        var before = await Grain("f2").GetActivationAsync();
        await Should.ThrowAsync<NotToBeDoneException>(() => Grain("f2").FailAsync("no"));

        (await Grain("f2").GetActivationAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Cancellation_ByTheCallee_IsACancelledCall()
    {
        var task = Grain("c").CancelItselfAsync();

        (await Record.ExceptionAsync(() => task)).ShouldBeOfType<OperationCanceledException>()
            .Message.ShouldBe("by itself");
        task.IsCanceled.ShouldBeTrue();
    }

    [Fact]
    public async Task Grain_CallsAnother_GetsItsAnswer() =>
        (await Grain("asker").AskAsync("asked")).ShouldBe("asked");

    [Fact]
    public async Task Reference_ReturnedByAGrain_LeadsToThatGrain()
    {
        var self = await Grain("self").GetSelfAsync();

        (await self.GetActivationAsync()).ShouldBe(await Grain("self").GetActivationAsync());
        self.ShouldBe(Grain("self"));
    }

    [Fact]
    public async Task Reference_OfADerivedInterface_CallsTheBaseToo()
    {
        var grain = cluster.Grains.GetGrain<IDerivedGrain>("d");

        (await grain.BaseAsync()).ShouldBe("base");
        (await grain.DerivedAsync()).ShouldBe("derived");
        (await cluster.Grains.GetGrain<IBaseGrain>("d").BaseAsync()).ShouldBe("base");
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void GetGrain_EmptyKey_IsRefused(string key) => Should.Throw<ArgumentException>(() => Grain(key));

    [Fact]
    public void GetGrain_NoClass_IsRefused() =>
        Should.Throw<ArgumentException>(() => cluster.Grains.GetGrain<IUnicornGrain>("u"))
            .Message.ShouldContain("Could not find an implementation");

    [Fact]
    public void GetGrain_TwoClassesAndNoPrefix_IsRefused() =>
        Should.Throw<ArgumentException>(() => cluster.Grains.GetGrain<IAnimalGrain>("a"))
            .Message.ShouldContain("Unable to identify a single appropriate grain type");

    [Fact]
    public async Task GetGrain_WithPrefix_TakesTheClassOfThatName()
    {
        var cat = cluster.Grains.GetGrain<IAnimalGrain>("a", "DataExport.Embedded.Tests.Cat");
        var dog = cluster.Grains.GetGrain<IAnimalGrain>("a", typeof(DogGrain).FullName);

        (await cat.SpeakAsync()).ShouldBe("miaow");
        (await dog.SpeakAsync()).ShouldBe("wuff hound/a");
    }

    [Fact]
    public async Task Token_CancelledBeforeTheCall_CallsNothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => Grain("t0").WaitAsync("never", cancelled.Token));
        await Grain("t0").TouchAsync();

        cluster.Signals.IsSet("never begun").ShouldBeFalse();
    }

    [Fact]
    public async Task Token_CancelledDuringTheCall_AnswersAtOnceAndTellsTheCalleeInATurn()
    {
        using var cancel = new CancellationTokenSource();
        var call = Grain("t1").WaitAsync("held", cancel.Token);
        await cluster.Signals.WaitAsync("held begun");

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => call);
        (await cluster.Signals.WaitAsync("held cancelled")).ShouldBe("in turn");
        cluster.Signals.Set("held");
    }
}
