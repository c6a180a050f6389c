using DataExport.Grains.Tables;
using DataExport.Tests;

namespace DataExport.Grains.Tests.Tables;

public sealed class LoadProgressTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public void Of_ResumedLoad_CountsWhatThisSiloLoaded()
    {
        var progress = new LoadProgress(_clock);
        progress.Of(0, 1_000).ShouldBeNull("nothing has begun");

        progress.Begin(rowsDone: 600);
        _clock.Advance(TimeSpan.FromSeconds(10));

        progress.Of(600, 1_000).ShouldBeNull("no row was committed yet");
        progress.Of(700, 1_000).ShouldBe((10, TimeSpan.FromSeconds(30)));
        progress.Of(1_200, 1_000).ShouldBe((60, TimeSpan.Zero), "rows may come while it runs");

        progress.End();
        progress.Of(1_000, 1_000).ShouldBeNull();
    }
}
