using Microsoft.Extensions.DependencyInjection;

namespace DataExport.Embedded.Tests;

/// <summary>
/// Order and exactness that a queue in one process gives for nothing. Orleans promises none of it: its messages may
/// overtake each other. So no grain may rely on it.
/// </summary>
public sealed class OrderTests : IAsyncLifetime
{
    private const string Key = "g";

    private GrainCluster _cluster = null!;

    private Signals Signals => _cluster.Services.GetRequiredService<Signals>();

    public async Task InitializeAsync() => _cluster = await GrainCluster.StartAsync(static silo =>
        silo.Services.AddSingleton<LifeScripts>().AddScoped<ScopedThing>());

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Calls_ThatWait_RunInTheOrderTheyWereMade()
    {
        var first = Turns.HoldAsync("held");
        await Signals.WaitAsync("held begins");
        var others = Enumerable.Range(0, 50).Select(i => Turns.RecordAsync($"{i:D2}")).ToList();

        Signals.Set("held");
        await Task.WhenAll(others.Append(first));

        Signals.Events.Skip(2).Take(50).ShouldBe(Enumerable.Range(0, 50).Select(i => $"{i:D2}"));
    }

    [Fact]
    public async Task Calls_ThatMeetOnlyLeavingActivations_AreRejectedAfterTwoForwards()
    {
        var running = Life.LeaveAndHoldAsync("first");
        await Signals.WaitAsync("first begun");
        var calls = Enumerable.Range(0, 4).Select(_ => Life.LeaveAsync()).ToList();
        Signals.Set("first");
        await running;

        await calls[0];
        await calls[1];
        await Should.ThrowAsync<OrleansMessageRejectionException>(() => calls[2]);
        await Should.ThrowAsync<OrleansMessageRejectionException>(() => calls[3]);
    }

    [Fact]
    public async Task Token_CancelledWhileTheCallWaits_TheCallNeverRuns()
    {
        using var cancel = new CancellationTokenSource();
        var blocking = Calls.WaitAsync("gate", CancellationToken.None);
        await Signals.WaitAsync("gate begun");
        var waiting = Calls.WaitAsync("unwanted", cancel.Token);

        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        Signals.Set("gate", "open");

        (await blocking).ShouldBe("open");
        await Calls.TouchAsync();
        Signals.IsSet("unwanted begun").ShouldBeFalse();
    }

    private ITurnGrain Turns => _cluster.Grains.GetGrain<ITurnGrain>(Key);

    private ILifeGrain Life => _cluster.Grains.GetGrain<ILifeGrain>(Key);

    private ICallGrain Calls => _cluster.Grains.GetGrain<ICallGrain>(Key);
}
