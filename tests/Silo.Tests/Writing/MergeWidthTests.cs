using DataExport.Silo.Writing;

namespace DataExport.Silo.Tests.Writing;

public sealed class MergeWidthTests
{
    [Fact]
    public async Task Throttled_SeveralTimes_LeavesOneLessEachTimeAndNeverNone()
    {
        using var width = new MergeWidth(3);
        foreach (var expected in new[] { 2, 1, 1, 1 })
        {
            await width.EnterAsync();
            width.Throttled();
            width.Leave();

            width.Current.ShouldBe(expected);
        }

        await width.EnterAsync();
        width.EnterAsync().IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Succeeded_OftenEnough_AllowsOneMoreAgain()
    {
        using var width = new MergeWidth(2);
        await width.EnterAsync();
        width.Throttled();
        width.Leave();

        for (var merge = 0; merge < 20; merge++)
        {
            width.Current.ShouldBe(1);
            width.Succeeded();
        }

        width.Current.ShouldBe(2);
        await width.EnterAsync();
        width.EnterAsync().IsCompleted.ShouldBeTrue();
    }
}
