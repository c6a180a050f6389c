using System.Collections.Immutable;

namespace DataExport.Embedded.Tests;

public interface IReminderGrain : IGrainWithStringKey
{
    Task RegisterAsync(string name, TimeSpan dueTime, TimeSpan period);

    /// <summary>False when there is no reminder of that name.</summary>
    Task<bool> UnregisterAsync(string name);

    /// <summary>Ends the reminder by the handle from before it was registered again.</summary>
    Task UnregisterByAnOldHandleAsync(string name, TimeSpan dueTime, TimeSpan period);

    Task<ImmutableArray<string>> GetNamesAsync();

    Task<ImmutableArray<TickStatus>> GetTicksAsync();

    Task LeaveAsync();
}

/// <summary>Ticks record <c>key name n</c>, counted over all activations; those of "failing" throw then.</summary>
public sealed class ReminderGrain(Signals signals, TickCounts counts) : Grain, IReminderGrain, IRemindable
{
    private readonly List<TickStatus> _ticks = [];

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        _ticks.Add(status);
        var name = $"{this.GetPrimaryKeyString()} {reminderName}";
        signals.Record($"{name} {counts.Next(name)}");
        return reminderName == "failing" ? throw new NotToBeDoneException("tick") : Task.CompletedTask;
    }

    public Task RegisterAsync(string name, TimeSpan dueTime, TimeSpan period) =>
        this.RegisterOrUpdateReminder(name, dueTime, period);

    public async Task<bool> UnregisterAsync(string name)
    {
        if (await this.GetReminder(name) is not { } reminder)
        {
            return false;
        }

        await this.UnregisterReminder(reminder);
        return true;
    }

    public async Task UnregisterByAnOldHandleAsync(string name, TimeSpan dueTime, TimeSpan period)
    {
        var old = await this.RegisterOrUpdateReminder(name, dueTime, period);
        await this.RegisterOrUpdateReminder(name, dueTime, period);
        await this.UnregisterReminder(old);
    }

    public async Task<ImmutableArray<string>> GetNamesAsync() =>
        [.. (await this.GetReminders()).Select(static one => one.ReminderName).Order(StringComparer.Ordinal)];

    public Task<ImmutableArray<TickStatus>> GetTicksAsync() => Task.FromResult(_ticks.ToImmutableArray());

    public Task LeaveAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}

/// <summary>Counts ticks beyond the lives of activations.</summary>
public sealed class TickCounts
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, int> _counts = new();

    public int Next(string name) => _counts.AddOrUpdate(name, 1, static (_, count) => count + 1);
}

public interface IForgetfulGrain : IGrainWithStringKey
{
    Task RegisterAsync(string name, TimeSpan dueTime, TimeSpan period);
}

/// <summary>Cannot be reminded.</summary>
public sealed class ForgetfulGrain : Grain, IForgetfulGrain
{
    public Task RegisterAsync(string name, TimeSpan dueTime, TimeSpan period) =>
        this.RegisterOrUpdateReminder(name, dueTime, period);
}
