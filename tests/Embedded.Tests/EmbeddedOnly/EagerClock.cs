namespace DataExport.Embedded.Tests;

/// <summary>
/// Another clock, but a timer that is due at once fires within the call that arms it: as early as a timer can.
/// </summary>
internal sealed class EagerClock(TimeProvider clock) : TimeProvider
{
    /// <summary>Runs right after a timer has fired so.</summary>
    public Action? Fired { get; set; }

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new EagerTimer(this, clock.CreateTimer(callback, state, dueTime, period), () => callback(state));

    private sealed class EagerTimer(EagerClock owner, ITimer timer, Action fire) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime != TimeSpan.Zero)
            {
                return timer.Change(dueTime, period);
            }

            fire();
            owner.Fired?.Invoke();
            return true;
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
