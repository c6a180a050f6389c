using Orleans.Runtime;

namespace Orleans.Reminders;

/// <summary>All reminders of a silo, by name and by the time of their next tick. Guarded by whoever holds it.</summary>
internal sealed class ReminderSchedule
{
    private readonly Dictionary<GrainId, Dictionary<string, Reminder>> _reminders = [];
    private readonly PriorityQueue<(Reminder Reminder, DateTime Tick), DateTime> _ticks = new();

    public DateTime? NextTick => _ticks.TryPeek(out _, out var tick) ? tick : null;

    public Reminder? Find(GrainId grainId, string name) =>
        _reminders.GetValueOrDefault(grainId)?.GetValueOrDefault(name);

    public List<IGrainReminder> FindAll(GrainId grainId) =>
        _reminders.TryGetValue(grainId, out var reminders) ? [.. reminders.Values] : [];

    public void Add(Reminder reminder, DateTime tick)
    {
        if (!_reminders.TryGetValue(reminder.GrainId, out var reminders))
        {
            _reminders.Add(reminder.GrainId, reminders = new Dictionary<string, Reminder>(StringComparer.Ordinal));
        }

        reminders[reminder.ReminderName] = reminder;
        _ticks.Enqueue((reminder, tick), tick);
    }

    public void Remove(Reminder reminder)
    {
        if (IsCurrent(reminder))
        {
            var reminders = _reminders[reminder.GrainId];
            reminders.Remove(reminder.ReminderName);
            if (reminders.Count == 0)
            {
                _reminders.Remove(reminder.GrainId);
            }
        }
    }

    /// <summary>Whether the reminder was neither replaced nor removed.</summary>
    public bool IsCurrent(Reminder reminder) =>
        ReferenceEquals(Find(reminder.GrainId, reminder.ReminderName), reminder);

    /// <summary>Takes one tick out whose time has come. Add the reminder again for its next.</summary>
    public (Reminder Reminder, DateTime Tick)? TakeDue(DateTime now)
    {
        while (_ticks.TryPeek(out var next, out var tick) && tick <= now)
        {
            _ticks.Dequeue();
            if (IsCurrent(next.Reminder))
            {
                return next;
            }
        }

        return null;
    }
}
