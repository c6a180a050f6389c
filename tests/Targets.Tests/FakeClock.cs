namespace DataExport.Targets.Tests;

/// <summary>A clock that only the test moves.</summary>
public sealed class FakeClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public DateTime Now => _now.UtcDateTime;

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;

    public void AdvanceMilliseconds(double by) => Advance(TimeSpan.FromMilliseconds(by));

    public void Set(DateTime utc) => _now = new DateTimeOffset(utc, TimeSpan.Zero);
}
