using DataExport.Grains;
using DataExport.Targets.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DataExport.Targets;

/// <summary>Registers the targets that a profile can name as its destination.</summary>
public static class TargetServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="Grains.Ports.ITargetFactory"/> for <c>DestinationType</c> <c>sqlite</c>. Limits are
    /// <see cref="SqliteTargetOptions"/>, time is the registered <see cref="TimeProvider"/> or the system's.
    /// </summary>
    public static IServiceCollection AddTargets(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        _ = services.AddOptionsSection<SqliteTargetOptions>("DataExport:Sqlite");
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Grains.Ports.ITargetFactory, SqliteTargetFactory>();
        return services;
    }
}
