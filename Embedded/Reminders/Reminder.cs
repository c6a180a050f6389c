using Orleans.Runtime;

namespace Orleans.Reminders;

/// <summary>One reminder: whose it is, and when it ticks.</summary>
/// <param name="StartAt">When its first tick is due, in UTC.</param>
/// <param name="Period">More than zero.</param>
/// <param name="ETag">Tells it from those that have had its name.</param>
internal sealed record Reminder(GrainId GrainId, string ReminderName, DateTime StartAt, TimeSpan Period, string ETag)
    : IGrainReminder
{
    /// <summary>
    /// The first tick at or after <paramref name="now"/>. Ticks lie a whole number of periods after the first; what a
    /// silo has missed while it was away or late stays missed, as in Orleans.
    /// </summary>
    public DateTime GetNextTick(DateTime now)
    {
        if (now <= StartAt)
        {
            return StartAt;
        }

        var sinceTick = (now - StartAt).Ticks % Period.Ticks;
        return sinceTick == 0 ? now : Later(now, Period.Ticks - sinceTick);
    }

    /// <summary>The tick to follow <paramref name="previous"/>.</summary>
    public DateTime GetNextTick(DateTime previous, DateTime now)
    {
        var next = GetNextTick(now);
        return next > previous ? next : Later(previous, Period.Ticks);
    }

    /// <summary>A period may reach beyond the end of time.</summary>
    private static DateTime Later(DateTime time, long ticks) =>
        ticks > (DateTime.MaxValue - time).Ticks ? DateTime.MaxValue : time.AddTicks(ticks);
}
