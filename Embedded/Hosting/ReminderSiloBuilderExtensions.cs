using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Reminders;
using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>Adds reminders to a silo that end with it.</summary>
public static class SiloBuilderReminderMemoryExtensions
{
    public static ISiloBuilder UseInMemoryReminderService(this ISiloBuilder builder) =>
        builder.AddReminders(new MemoryReminderStore());
}

/// <summary>Adds reminders to a silo that survive it. Orleans has none in files: no disk is common.</summary>
public static class FileReminderSiloBuilderExtensions
{
    /// <summary>Reminders live in JSON files below <see cref="FileReminderOptions.Directory"/>.</summary>
    /// <exception cref="OrleansConfigurationException">No directory is stated.</exception>
    public static ISiloBuilder UseFileReminderService(
        this ISiloBuilder builder, Action<FileReminderOptions> configureOptions)
    {
        ArgumentNullException.ThrowIfNull(configureOptions);
        var options = new FileReminderOptions();
        configureOptions(options);
        return string.IsNullOrWhiteSpace(options.Directory)
            ? throw new OrleansConfigurationException(
                $"The file reminder service has no {nameof(FileReminderOptions.Directory)}: state one.")
            : builder.AddReminders(new FileReminderStore(options));
    }
}

/// <summary>Adds the service with the store that it keeps reminders in. The last store wins.</summary>
internal static class ReminderRegistration
{
    public static ISiloBuilder AddReminders(this ISiloBuilder builder, IReminderStore store)
    {
        if (!builder.Services.Any(static service => service.ServiceType == typeof(ReminderService)))
        {
            builder.Services.AddSingleton<ReminderService>();
            builder.Services.AddSingleton<IHostedService>(
                static services => services.GetRequiredService<ReminderService>());
        }

        builder.Services.AddSingleton(store);
        return builder;
    }
}
