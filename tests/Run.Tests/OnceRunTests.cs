using DataExport.Run.Hosting;
using DataExport.Run.Once;

namespace DataExport.Run.Tests;

/// <summary>The whole program over AMQP and HTTP, small: a silo in a process of its own.</summary>
public sealed class OnceRunTests : IDisposable
{
    private readonly DataDirectory _directory = DataDirectory.CreateTemporary();
    private readonly StringWriter _log = new();

    public void Dispose()
    {
        _log.Dispose();
        _ = _directory.DeleteIfTemporary();
    }

    [Fact]
    public async Task Once_RowsAndChanges_EndEqual()
    {
        var result = await RunAsync(new OnceOptions { Rows = 300, Changes = 300 });

        result.Differences.ShouldBe(0, _log.ToString());
        result.Rows.ShouldBe(300);
        result.Changes.ShouldBe(300);
        result.ProvisionalLeft.ShouldBe(0);
        result.Failed.ShouldBe(0);
        result.PeakMemoryMiB.ShouldBeGreaterThan(0);
        File.Exists(_directory.DatabaseFile).ShouldBeTrue();
    }

    [Fact]
    public async Task Once_SiloKilledAndMessagesDoubledAndShuffled_EndsEqual()
    {
        var result = await RunAsync(new OnceOptions
        {
            Rows = 300,
            Changes = 300,
            Chaos = true,
            ChaosLimits = new ChaosOptions
            {
                ChangesLast = TimeSpan.FromSeconds(3),
                KillAfterMin = TimeSpan.FromSeconds(0.2),
                KillAfterMax = TimeSpan.FromSeconds(1),
                LockDuration = TimeSpan.FromSeconds(3),
                CutEvery = TimeSpan.FromSeconds(0.5),
            },
        });

        result.Differences.ShouldBe(0, _log.ToString());
        result.Kills.ShouldBeGreaterThan(0);
        result.ProvisionalLeft.ShouldBe(0);
    }

    [SampleFact("data/k12")]
    public async Task Once_DataFromFiles_EndsEqual()
    {
        var source = new SandboxSource(Data: SampleFolder.Find("data/k12"));

        var result = await RunAsync(new OnceOptions { Source = source, Changes = 400 });

        result.Differences.ShouldBe(0, _log.ToString());
        result.Rows.ShouldBe(1585 + 275 + 9);
        result.Failed.ShouldBe(0);
    }

    [SampleFact("metadata")]
    public async Task Once_TablesFromMetadata_EndsEqual()
    {
        var source = new SandboxSource(Metadata: SampleFolder.Find("metadata"));

        var result = await RunAsync(new OnceOptions { Source = source, Rows = 300, Changes = 300 });

        result.Differences.ShouldBe(0, _log.ToString());
        result.Rows.ShouldBe(300);
        result.Failed.ShouldBe(0);
    }

    private async Task<OnceResult> RunAsync(OnceOptions options)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await using var run = await OnceRun.StartAsync(
            options, _directory, _log, TimeProvider.System, timeout.Token);
        var result = await run.RunAsync(timeout.Token);
        foreach (var difference in run.Differences)
        {
            _log.WriteLine(difference);
        }

        return result;
    }
}
