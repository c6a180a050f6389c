namespace DataExport.Targets.Tests;

/// <summary>A clock that only the test moves.</summary>
public sealed class FakeClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Raised when the test has moved the clock.</summary>
    public event Action? Changed;

    /// <summary>A time as the columns of the engine under test keep it.</summary>
    public Func<DateTime, DateTime> Round { get; set; } = static instant => instant;

    public DateTime Now => Round(_now.UtcDateTime);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => Set(_now + by);

    public void AdvanceMilliseconds(double by) => Advance(TimeSpan.FromMilliseconds(by));

    public void Set(DateTime utc) => Set(new DateTimeOffset(utc, TimeSpan.Zero));

    private void Set(DateTimeOffset now)
    {
        _now = now;
        Changed?.Invoke();
    }
}
