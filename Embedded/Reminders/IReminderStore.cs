namespace Orleans.Reminders;

/// <summary>Where reminders survive the silo, or do not. Its calls do not overlap.</summary>
internal interface IReminderStore
{
    /// <summary>All reminders, asked once when the silo starts.</summary>
    Task<IReadOnlyList<Reminder>> LoadAsync(CancellationToken cancellationToken);

    /// <summary>Keeps the reminder in place of one of that grain and name.</summary>
    Task SaveAsync(Reminder reminder);

    Task RemoveAsync(Reminder reminder);
}

/// <summary>Keeps nothing: reminders end with the process.</summary>
internal sealed class MemoryReminderStore : IReminderStore
{
    public Task<IReadOnlyList<Reminder>> LoadAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Reminder>>([]);

    public Task SaveAsync(Reminder reminder) => Task.CompletedTask;

    public Task RemoveAsync(Reminder reminder) => Task.CompletedTask;
}
