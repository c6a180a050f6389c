namespace DataExport.Grains.Tests.Model;

/// <summary>The one clock of source and target, in whole milliseconds. It moves when a schedule says so.</summary>
internal sealed class ModelClock : TimeProvider
{
    private static readonly DateTimeOffset s_epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private long _milliseconds = 10_000_000;

    /// <summary>Raised when the clock has moved.</summary>
    public event Action? Changed;

    /// <summary>Its steps: what an engine cannot hold, no reading may differ in.</summary>
    public int StepMilliseconds { get; set; } = 1;

    public long Milliseconds
    {
        get => _milliseconds;
        set
        {
            _milliseconds = (value + StepMilliseconds - 1) / StepMilliseconds * StepMilliseconds;
            Changed?.Invoke();
        }
    }

    public override DateTimeOffset GetUtcNow() => s_epoch.AddMilliseconds(Milliseconds);

    /// <summary>The instant of a whole second of the source.</summary>
    public static DateTime At(long second) => s_epoch.UtcDateTime.AddSeconds(second);
}
