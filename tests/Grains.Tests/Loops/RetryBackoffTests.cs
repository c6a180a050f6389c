using DataExport.Grains.Loops;
using DataExport.Grains.Ports;
using DataExport.Grains.Tables;

namespace DataExport.Grains.Tests.Loops;

public sealed class RetryBackoffTests
{
    private static readonly TableSyncOptions s_options = new()
    {
        RetryDelay = TimeSpan.FromSeconds(1), RetryDelayMax = TimeSpan.FromSeconds(10),
    };

    [Theory]
    [InlineData(17, 17)]
    [InlineData(0, 2)]
    [InlineData(-3600, 2)]
    [InlineData(int.MaxValue, 3600)]
    public void DelayAfter_RetryAfter_IsObeyedWhereItIsATimeThatATimerTakes(int retryAfterSeconds, int expectedSeconds)
    {
        var throttled = new SourceException(
            SourceFault.Throttled, "Fewer requests.", TimeSpan.FromSeconds(retryAfterSeconds));

        RetryBackoff.DelayAfter(throttled, failuresBefore: 1, s_options)
            .ShouldBe(TimeSpan.FromSeconds(expectedSeconds));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 4)]
    [InlineData(1_000, 10)]
    public void DelayAfter_OtherTrouble_DoublesUpToTheLongest(int failuresBefore, int expectedSeconds) =>
        RetryBackoff.DelayAfter(new InvalidOperationException(), failuresBefore, s_options)
            .ShouldBe(TimeSpan.FromSeconds(expectedSeconds));
}
