using System.Diagnostics;

namespace DataExport.Embedded.Tests;

/// <summary>Where Embedded is better than asked: tight loops of calls starve nobody.</summary>
public sealed class FairnessTests(SharedCluster cluster) : IClassFixture<SharedCluster>
{
    private const int CallersCount = 256;
    private const int CallsMin = 500;
    private const int RatioMax = 10;

    private static readonly TimeSpan s_period = TimeSpan.FromMilliseconds(20);

    // Generous, since the machine may be busy with other things. A starved timer would not tick at all: the loops end
    // after the last tick.
    private static readonly TimeSpan s_lateMax = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Callers_InTightLoops_AllMakeProgress_AndTimersStayOnTime()
    {
        var timer = cluster.Grains.GetGrain<ITimerGrain>("clockwork");
        await timer.StartAsync("tick", s_period, s_period);
        var late = WatchTicksAsync();
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
                    await late;
                    await enough.CancelAsync();
                }
            }
        }))).WaitAsync(Patience.Limit);

        await timer.DisposeTimerAsync();
        (await late).ShouldBeLessThan(s_lateMax);
        counts.Max().ShouldBeLessThan(counts.Min() * RatioMax);
    }

    /// <summary>How much later than it should one of ten ticks came at most.</summary>
    private async Task<TimeSpan> WatchTicksAsync()
    {
        var latest = TimeSpan.Zero;
        for (var tick = 1; tick <= 10; tick++)
        {
            var began = Stopwatch.GetTimestamp();
            await cluster.Signals.WaitAsync($"clockwork tick {tick}");
            var late = Stopwatch.GetElapsedTime(began) - s_period;
            latest = late > latest ? late : latest;
        }

        return latest;
    }
}
