using DataExport.Grains.Budget;
using DataExport.Grains.Confirming;
using DataExport.Grains.Metadata;
using DataExport.Grains.Ports;
using DataExport.Grains.Profiles;
using DataExport.Grains.Reconciling;
using DataExport.Grains.Records;
using DataExport.Grains.Registration;
using DataExport.Grains.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DataExport.Grains;

/// <summary>What the grains need beside their ports.</summary>
public static class GrainRegistration
{
    /// <summary>
    /// Registers it. The host registers the ports, a <see cref="TimeProvider"/> and the grain runtime.
    /// </summary>
    public static IServiceCollection AddDataExportGrains(this IServiceCollection services)
    {
        _ = services.AddOptionsSection<TableSyncOptions>("DataExport:TableSync");
        _ = services.AddOptionsSection<ConfirmOptions>("DataExport:Confirm");
        _ = services.AddOptionsSection<SourceBudgetOptions>("DataExport:SourceLimits");
        _ = services.AddOptionsSection<MetadataOptions>("DataExport:Metadata");
        _ = services.AddOptionsSection<RegistrationOptions>("DataExport:Registration");
        _ = services.AddOptionsSection<ReconcileOptions>("DataExport:Reconcile");
        services.TryAddSingleton<IProfileChanges, UnheardProfileChanges>();
        return services
            .AddSingleton<ProfileActivation>()
            .AddSingleton<ISourceBudgets, GrainSourceBudgets>()
            .AddSingleton<LoadPlaces>()
            .AddSingleton(static services => new ReconcileLimits(
                services.GetRequiredService<IOptions<ReconcileOptions>>().Value,
                services.GetRequiredService<IOptions<ConfirmOptions>>().Value.UnannouncedDeletionsMax,
                services.GetRequiredService<IOptions<TableSyncOptions>>().Value))
            .AddSingleton<TableComparison>()
            .AddSingleton(static provider =>
            {
                var idle = new IdleRecords(provider.GetRequiredService<TimeProvider>());
                idle.Start();
                return idle;
            });
    }
}
