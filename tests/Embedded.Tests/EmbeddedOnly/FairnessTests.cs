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
}
