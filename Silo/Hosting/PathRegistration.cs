using DataExport.Dataverse.Notifications;
using DataExport.Grains;
using DataExport.Grains.Budget;
using DataExport.Grains.Ports;
using DataExport.Silo.Pulling;
using DataExport.Silo.Telemetry;
using DataExport.Silo.Writing;
using Microsoft.Extensions.Options;

namespace DataExport.Silo.Hosting;

/// <summary>The services of the path from message to row.</summary>
internal static class PathRegistration
{
    /// <summary>(a) (b) (e) Pulling agents.</summary>
    public static IServiceCollection AddNotificationPulling(this IServiceCollection services)
    {
        _ = services.AddOptionsSection<NotificationDecoderOptions>("DataExport:Notifications");
        _ = services.AddOptionsSection<PullingAgentOptions>("DataExport:Pulling")
            .PostConfigure<IOptions<NotificationDecoderOptions>>(
                static (pulling, decoding) => pulling.Decoding = decoding.Value);
        return services
            .AddSingleton<PullingAgents>()
            .AddHostedService(static provider => provider.GetRequiredService<PullingAgents>());
    }

    /// <summary>Counts what is asked of environments. After the grains, whose budgets it stands before.</summary>
    public static IServiceCollection AddSourceCounting(this IServiceCollection services) =>
        services.AddSingleton<ISourceBudgets>(static provider => new InstrumentedBudgets(
            ActivatorUtilities.CreateInstance<GrainSourceBudgets>(provider),
            provider.GetRequiredService<PathInstruments>().Budgets));

    /// <summary>(d) Batch writers, one a profile, and what else a silo holds open for it.</summary>
    public static IServiceCollection AddBatchWriting(this IServiceCollection services)
    {
        _ = services.AddOptionsSection<BatchWriterOptions>("DataExport:Writing");
        return services
            .AddSingleton<ProfileRuntimes>()
            .AddSingleton<IProfileRuntimes>(static provider => provider.GetRequiredService<ProfileRuntimes>());
    }
}
