namespace DataExport.Targets.Sqlite;

/// <summary>The target's clock: the process' own, since SQLite has no other, in what a stamp can hold.</summary>
internal static class TargetClock
{
    /// <summary>UTC in whole milliseconds.</summary>
    internal static DateTime Now(TimeProvider clock)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
    }
}
