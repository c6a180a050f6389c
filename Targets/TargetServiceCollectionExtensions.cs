using DataExport.Grains;
using DataExport.Targets.Postgres;
using DataExport.Targets.Sqlite;
using DataExport.Targets.SqlServer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DataExport.Targets;

/// <summary>Registers the targets that a profile can name as its destination.</summary>
public static class TargetServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="Grains.Ports.ITargetFactory"/> for all engines. Limits are <see cref="SqliteTargetOptions"/>,
    /// <see cref="PostgresTargetOptions"/> and <see cref="SqlServerTargetOptions"/>; SQLite's time is the registered
    /// <see cref="TimeProvider"/> or the system's, a server's is its own.
    /// </summary>
    public static IServiceCollection AddTargets(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        _ = services.AddOptionsSection<SqliteTargetOptions>("DataExport:Sqlite");
        services.TryAddSingleton(TimeProvider.System);
        _ = services.AddOptionsSection<PostgresTargetOptions>("DataExport:Postgres");
        _ = services.AddOptionsSection<SqlServerTargetOptions>("DataExport:SqlServer");
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ITargetEngine, SqliteTargetFactory>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ITargetEngine, PostgresTargetFactory>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ITargetEngine, SqlServerTargetFactory>());
        services.TryAddSingleton<Grains.Ports.ITargetFactory, TargetFactory>();
        return services;
    }
}
