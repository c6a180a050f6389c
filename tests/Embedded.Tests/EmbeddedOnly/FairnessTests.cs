namespace DataExport.Embedded.Tests;

/// <summary>Where Embedded is better than asked: tight loops of calls starve nobody.</summary>
public sealed class FairnessTests(SharedCluster cluster) : IClassFixture<SharedCluster>
{
    [Fact]
    public async Task Callers_InTightLoops_AllMakeProgress()
    {
        const int CallersCount = 256;
        const int CallsMin = 50;
        using var enough = new CancellationTokenSource();
        var counts = new int[CallersCount];
        var running = CallersCount;
        await Task.WhenAll(Enumerable.Range(0, CallersCount).Select(caller => Task.Run(async () =>
        {
            var grain = cluster.Grains.GetGrain<ITurnGrain>($"{caller}");
            while (!enough.IsCancellationRequested)
            {
                await grain.GetCountAsync();
                if (++counts[caller] == CallsMin && Interlocked.Decrement(ref running) == 0)
                {
                    await enough.CancelAsync();
                }
            }
        }))).WaitAsync(TimeSpan.FromSeconds(20));

        // Nobody got a hundred times what the slowest did.
        counts.Max().ShouldBeLessThan(CallsMin * 100);
    }

    [Fact]
    public async Task Timer_AmongTightLoopsOfCalls_StillTicks()
    {
        using var enough = new CancellationTokenSource();
        var loops = Enumerable.Range(0, 64).Select(caller => Task.Run(async () =>
        {
            var grain = cluster.Grains.GetGrain<ITurnGrain>($"loop {caller}");
            while (!enough.IsCancellationRequested)
            {
                await grain.GetCountAsync();
            }
        })).ToList();

        await cluster.Grains.GetGrain<ITimerGrain>("clockwork")
            .StartAsync("tick", TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1));
        await cluster.Signals.WaitAsync("clockwork tick 5");

        await enough.CancelAsync();
        await Task.WhenAll(loops);
    }
}
