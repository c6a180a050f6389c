using DataExport.Tests;

namespace DataExport.Grains.Tests.Confirming;

/// <summary>
/// A clock of which a test moves the waits of one length, and real for all else: the grain runtime takes the same
/// clock, and Orleans does not come up on one that stands still.
/// </summary>
internal sealed class RoundClock(FakeClock clock, TimeSpan round) : TimeProvider
{
    private readonly DateTimeOffset _start = clock.GetUtcNow();

    /// <summary>By how much the test has moved the clock.</summary>
    private TimeSpan Moved => clock.GetUtcNow() - _start;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Moved;

    public override long GetTimestamp() =>
        base.GetTimestamp() + (long)(Moved.TotalSeconds * TimestampFrequency);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        dueTime == round
            ? clock.CreateTimer(callback, state, dueTime, period)
            : base.CreateTimer(callback, state, dueTime, period);
}
