using Microsoft.Extensions.DependencyInjection;

namespace DataExport.Embedded.Tests;

/// <summary>How grain activations come and go.</summary>
public sealed class LifeTests : IAsyncLifetime
{
    private GrainCluster _cluster = null!;

    private Signals Signals => _cluster.Services.GetRequiredService<Signals>();

    private LifeScript Script => _cluster.Services.GetRequiredService<LifeScripts>()["g"];

    private ILifeGrain Grain => _cluster.Grains.GetGrain<ILifeGrain>("g");

    public async Task InitializeAsync() => _cluster = await GrainCluster.StartAsync(static silo =>
        silo.Services.AddSingleton<LifeScripts>().AddScoped<ScopedThing>());

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task FirstCall_BringsTheGrainUpOnce()
    {
        Signals.Events.ShouldBeEmpty();
        (await Grain.GetActivationNumberAsync()).ShouldBe(1);
        (await Grain.GetActivationNumberAsync()).ShouldBe(1);

        Signals.Events.ShouldBe(["g activates 1"]);
    }

    [Fact]
    public async Task Calls_WaitUntilTheGrainIsActivated()
    {
        Script.HoldsActivation = "go";
        var call = Grain.GetActivationNumberAsync();
        await Signals.WaitAsync("g activates 1");

        call.IsCompleted.ShouldBeFalse();
        Signals.Set("go");

        (await call).ShouldBe(1);
    }

    [Fact]
    public async Task Activation_Fails_AllItsCallsFailWithTheException_AndTheNextTriesAfresh()
    {
        Script.HoldsActivation = "go";
        Script.FailsToActivate = new NotToBeDoneException("not today");
        var calls = new[] { Grain.GetActivationNumberAsync(), Grain.GetActivationNumberAsync() };
        await Signals.WaitAsync("g activates 1");
        Signals.Set("go");

        foreach (var call in calls)
        {
            (await Should.ThrowAsync<NotToBeDoneException>(() => call)).Message.ShouldBe("not today");
        }

        // A call that was slow to come may have tried afresh, and failed, before.
        Script.FailsToActivate = null;
        (await Grain.GetActivationNumberAsync()).ShouldBeGreaterThan(1);
        Signals.Events.ShouldNotContain(one => one.Contains("deactivates"));
    }

    [Fact]
    public async Task Constructor_Fails_TheCallFailsWithTheExceptionInside()
    {
        Script.FailsToConstruct = new NotToBeDoneException("no such grain");

        (await Should.ThrowAsync<InvalidOperationException>(Grain.GetActivationNumberAsync))
            .InnerException.ShouldBeOfType<NotToBeDoneException>().Message.ShouldBe("no such grain");

        Script.FailsToConstruct = null;
        (await Grain.GetActivationNumberAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task DeactivateOnIdle_TheNextCallMeetsAnotherActivation()
    {
        await Grain.LeaveAsync();

        (await Grain.GetActivationNumberAsync()).ShouldBe(2);
        Signals.Events.ShouldBe(
        [
            "g activates 1", "g deactivates 1 ApplicationRequested", "g deactivated 1",
            "g disposed 1, its services False", "g activates 2",
        ]);
    }

    [Fact]
    public async Task DeactivateOnIdle_WaitsForTheRunningCall_AndHoldsTheLaterOnesForTheNextActivation()
    {
        var running = Grain.LeaveAndHoldAsync("hold");
        await Signals.WaitAsync("hold begun");
        var later = Grain.GetActivationNumberAsync();

        Signals.IsSet("g deactivates 1 ApplicationRequested").ShouldBeFalse();
        Signals.Set("hold");
        await running;

        (await later).ShouldBe(2);
    }

    [Fact]
    public async Task Calls_DuringDeactivation_WaitForItsEnd()
    {
        Script.HoldsDeactivation = "let go";
        await Grain.LeaveAsync();
        await Signals.WaitAsync("g deactivates 1 ApplicationRequested");
        var later = Grain.GetActivationNumberAsync();
        Signals.IsSet("g activates 2").ShouldBeFalse();

        Script.HoldsDeactivation = null;
        Signals.Set("let go");

        (await later).ShouldBe(2);
        Signals.Events.ToList().IndexOf("g deactivated 1").ShouldBeLessThan(
            Signals.Events.ToList().IndexOf("g activates 2"));
    }

    [Fact]
    public async Task Deactivation_Fails_TheNextCallMeetsAnotherActivationAllTheSame()
    {
        Script.FailsToDeactivate = new NotToBeDoneException("I stay");
        await Grain.LeaveAsync();

        (await Grain.GetActivationNumberAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task DeactivateOnIdle_WhileActivating_PassesTheCallOnToTheNextActivation()
    {
        Script.LeavesWhileActivating = true;

        (await Grain.GetActivationNumberAsync()).ShouldBe(2);
        Signals.Events.ShouldBe(["g activates 1", "g disposed 1, its services False", "g activates 2"]);
    }

    [Fact]
    public async Task Services_AreTheActivationsOwn_AndEndWithIt()
    {
        (await Grain.HasItsOwnServicesAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Stop_DeactivatesAllGrains()
    {
        var signals = Signals;
        await Grain.GetActivationNumberAsync();

        await _cluster.StopAsync();

        signals.Events.ShouldContain("g deactivates 1 ShuttingDown");
        signals.Events.ShouldContain("g deactivated 1");
    }

    [Fact]
    public async Task Stop_LetsTheRunningCallEnd()
    {
        var signals = Signals;
        var running = Grain.LeaveAndHoldAsync("hold");
        await signals.WaitAsync("hold begun");
        var stop = _cluster.StopAsync();
        signals.IsSet("g deactivates 1 ApplicationRequested").ShouldBeFalse();
        signals.Set("hold");
        await stop;

        signals.Events.ToList().IndexOf("hold ended").ShouldBeInRange(
            0, signals.Events.ToList().IndexOf("g deactivates 1 ApplicationRequested") - 1);

        // Whether the answer still gets to a client that stops too is left open.
        await Record.ExceptionAsync(() => running);
    }
}
