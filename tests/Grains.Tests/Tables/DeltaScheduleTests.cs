using DataExport.Grains.Tables;

namespace DataExport.Grains.Tests.Tables;

public sealed class DeltaScheduleTests
{
    private static readonly TimeSpan s_usual = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData(300, 1, 150)]
    [InlineData(70, 12, 60)]
    [InlineData(60, 1, 60)]
    [InlineData(300, 0, 450)]
    [InlineData(800, 0, 900)]
    public void Next_ByWhatTheDeltaBrought_IsSoonerOrLaterWithinBounds(int last, long written, int next) =>
        DeltaSchedule.Next(TimeSpan.FromSeconds(last), written, s_usual).ShouldBe(TimeSpan.FromSeconds(next));
}
