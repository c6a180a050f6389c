using Microsoft.Extensions.DependencyInjection;
using Orleans.Reminders;
using Orleans.Runtime;

namespace Orleans;

/// <summary>What a grain asks of the reminder service. All of it in the grain's own turns.</summary>
public static class GrainReminderExtensions
{
    /// <summary>
    /// Reminds the grain from now on, whether it is in memory or not and over restarts of the silo, until unregistered.
    /// A reminder that has the name already is replaced.
    /// </summary>
    /// <param name="grain">An <see cref="IRemindable"/>.</param>
    /// <param name="reminderName">Names the reminder among the grain's.</param>
    /// <param name="dueTime">Until the first tick; zero for at once.</param>
    /// <param name="period">
    /// From tick to tick, counted from the first; at least <see cref="Hosting.ReminderOptions.MinimumReminderPeriod"/>.
    /// </param>
    /// <exception cref="InvalidOperationException">The grain is no <see cref="IRemindable"/>.</exception>
    /// <exception cref="ArgumentException">The name is missing, or a time is impossible.</exception>
    /// <exception cref="OrleansConfigurationException">The silo has no reminder service.</exception>
    public static Task<IGrainReminder> RegisterOrUpdateReminder(
        this IGrainBase grain, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        var activation = ActivationOf(grain);
        RequireName(reminderName);
        return grain is IRemindable
            ? ServiceOf(activation).RegisterAsync(activation.GrainId, reminderName, dueTime, period)
            : throw new InvalidOperationException(
                $"Grain {activation.GrainId} is not '{nameof(IRemindable)}'. A grain should implement "
                + $"{nameof(IRemindable)} to use the persistent reminder service");
    }

    /// <inheritdoc cref="RegisterOrUpdateReminder(IGrainBase, string, TimeSpan, TimeSpan)"/>
    public static Task<IGrainReminder> RegisterOrUpdateReminder(
        this Grain grain, string reminderName, TimeSpan dueTime, TimeSpan period) =>
        RegisterOrUpdateReminder((IGrainBase)grain, reminderName, dueTime, period);

    /// <summary>Ends the reminder. One that has ended already is no fault.</summary>
    /// <exception cref="ReminderException">It was replaced since; get it anew.</exception>
    public static Task UnregisterReminder(this IGrainBase grain, IGrainReminder reminder)
    {
        ArgumentNullException.ThrowIfNull(reminder);
        var activation = ActivationOf(grain);
        return ServiceOf(activation).UnregisterAsync(activation.GrainId, reminder);
    }

    /// <inheritdoc cref="UnregisterReminder(IGrainBase, IGrainReminder)"/>
    public static Task UnregisterReminder(this Grain grain, IGrainReminder reminder) =>
        UnregisterReminder((IGrainBase)grain, reminder);

    /// <summary>The reminder of that name, or null.</summary>
    public static Task<IGrainReminder?> GetReminder(this IGrainBase grain, string reminderName)
    {
        var activation = ActivationOf(grain);
        RequireName(reminderName);
        return Task.FromResult<IGrainReminder?>(ServiceOf(activation).Find(activation.GrainId, reminderName));
    }

    /// <inheritdoc cref="GetReminder(IGrainBase, string)"/>
    public static Task<IGrainReminder?> GetReminder(this Grain grain, string reminderName) =>
        GetReminder((IGrainBase)grain, reminderName);

    /// <summary>All reminders of the grain.</summary>
    public static Task<List<IGrainReminder>> GetReminders(this IGrainBase grain)
    {
        var activation = ActivationOf(grain);
        return Task.FromResult(ServiceOf(activation).FindAll(activation.GrainId));
    }

    /// <inheritdoc cref="GetReminders(IGrainBase)"/>
    public static Task<List<IGrainReminder>> GetReminders(this Grain grain) => GetReminders((IGrainBase)grain);

    private static void RequireName(string reminderName)
    {
        if (string.IsNullOrWhiteSpace(reminderName))
        {
            throw new ArgumentNullException(nameof(reminderName));
        }
    }

    private static Activation ActivationOf(IGrainBase grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        RuntimeContext.RequireTurn();
        return (Activation)grain.GrainContext;
    }

    private static ReminderService ServiceOf(Activation activation) =>
        activation.Class.Silo.Services.GetService<ReminderService>() ?? throw new OrleansConfigurationException(
            "The reminder service has not been configured. Add one to the silo, such as "
            + "UseInMemoryReminderService() or UseFileReminderService(...).");
}
