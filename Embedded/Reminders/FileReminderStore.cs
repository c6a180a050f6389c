using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Reminders;

/// <summary>Keeps one JSON file a reminder, each replaced as a whole.</summary>
internal sealed class FileReminderStore(FileReminderOptions options) : IReminderStore
{
    private const string Extension = ".json";

    public async Task<IReadOnlyList<Reminder>> LoadAsync(CancellationToken cancellationToken)
    {
        var reminders = new List<Reminder>();
        if (Directory.Exists(options.Directory))
        {
            foreach (var path in Directory.EnumerateFiles(
                options.Directory, "*" + Extension, SearchOption.AllDirectories))
            {
                reminders.Add(await LoadAsync(path, cancellationToken));
            }
        }

        return reminders;
    }

    public Task SaveAsync(Reminder reminder) => StateFile.WriteAsync(
        GetPath(reminder),
        new StateFileContent<Times>
        {
            Grain = reminder.GrainId.ToString(),
            Name = reminder.ReminderName,
            ETag = reminder.ETag,
            State = new Times(reminder.StartAt, reminder.Period),
        },
        CancellationToken.None);

    public Task RemoveAsync(Reminder reminder)
    {
        File.Delete(GetPath(reminder));
        return Task.CompletedTask;
    }

    private async Task<Reminder> LoadAsync(string path, CancellationToken cancellationToken)
    {
        var content = await StateFile.ReadAsync<Times>(path, cancellationToken);
        if (content is { Grain: { } grain, Name: { } name, ETag: { } etag, State: { Period.Ticks: > 0 } times })
        {
            var startAt = DateTime.SpecifyKind(times.StartAt, DateTimeKind.Utc);
            var reminder = new Reminder(GrainId.Parse(grain), name, startAt, times.Period, etag);
            if (Path.GetFullPath(GetPath(reminder)) == Path.GetFullPath(path))
            {
                return reminder;
            }
        }

        throw new OrleansException($"The file {path} holds no reminder, or another's. Move it away to start.");
    }

    private string GetPath(Reminder reminder) => Path.Combine(
        options.Directory,
        SafeFileName.Of(reminder.GrainId.Type.ToString()),
        SafeFileName.Of(reminder.GrainId.Key.ToString()),
        SafeFileName.Of(reminder.ReminderName) + Extension);

    /// <summary>The names are the file's format: never rename.</summary>
    private sealed record Times(DateTime StartAt, TimeSpan Period);
}
