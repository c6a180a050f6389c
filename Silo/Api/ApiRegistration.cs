using DataExport.Grains;
using DataExport.Silo.Telemetry;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace DataExport.Silo.Api;

/// <summary>The admin API: profiles, health and metrics, behind a key.</summary>
internal static class ApiRegistration
{
    /// <summary>
    /// Tag of health checks that tell whether the silo takes work; they also count for <c>/health/start</c>.
    /// </summary>
    public const string ReadyTag = "ready";

    /// <summary>Adds what <see cref="MapDataExportApi"/> maps, the key gate before it, and the metrics.</summary>
    public static IServiceCollection AddDataExportApi(this IServiceCollection services)
    {
        _ = services.AddOptionsSection<ApiOptions>(ApiOptions.Section);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ApiOptions>, ApiOptionsValidation>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ApiErrors>().AddSingleton<ApiKeyGate>().AddSingleton<ProfileEndpoints>();
        services.AddSingleton<ReconcileEndpoints>();
        services.AddSingleton<IStartupFilter, ApiPipeline>();
        services.AddDataExportTelemetry();
        services.AddHealthChecks().AddCheck<StartedCheck>("started", tags: [ReadyTag]);
        return services;
    }

    /// <summary>
    /// Maps <c>/crm/exporter/profiles</c>, <c>/metrics</c> and <c>/health/start</c>, <c>ready</c>, <c>live</c>.
    /// </summary>
    public static IEndpointRouteBuilder MapDataExportApi(this IEndpointRouteBuilder endpoints)
    {
        ProfileEndpoints.Map(endpoints);
        ReconcileEndpoints.Map(endpoints);
        endpoints.MapDataExportMetrics();
        MapHealth(endpoints, "start", check => check.Tags.Contains(ReadyTag));
        MapHealth(endpoints, "ready", check => check.Tags.Contains(ReadyTag));
        MapHealth(endpoints, "live", _ => false);
        return endpoints;
    }

    private static void MapHealth(
        IEndpointRouteBuilder endpoints, string name, Func<HealthCheckRegistration, bool> isAsked) =>
        endpoints.MapHealthChecks($"/health/{name}", new HealthCheckOptions { Predicate = isAsked });

    /// <summary>Puts the errors and the gate before everything, routing included.</summary>
    private sealed class ApiPipeline(ApiErrors errors, ApiKeyGate gate) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(inner => context => errors.InvokeAsync(context, inner));
            app.Use(inner => context => gate.InvokeAsync(context, inner));
            next(app);
        };
    }

    /// <summary>Healthy from the moment the host has started everything until it is asked to stop.</summary>
    private sealed class StartedCheck(IHostApplicationLifetime lifetime) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(
                lifetime.ApplicationStopping.IsCancellationRequested ? HealthCheckResult.Unhealthy("The silo stops.")
                : lifetime.ApplicationStarted.IsCancellationRequested ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("The silo is starting."));
    }
}
