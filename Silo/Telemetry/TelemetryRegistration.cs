using DataExport.Grains;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace DataExport.Silo.Telemetry;

/// <summary>
/// Metrics: the path's own meter and those of the runtime, for a scraper of <c>/metrics</c>. Traces: the path's spans,
/// sent by OTLP.
/// </summary>
internal static class TelemetryRegistration
{
    private static readonly string[] _metersBeside =
    [
        "System.Runtime",
        "System.Net.Http",
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.Orleans",
    ];

    private static readonly TimeSpan _scrapeTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Adds the instruments and what reads them.</summary>
    public static IServiceCollection AddDataExportTelemetry(this IServiceCollection services)
    {
        services.TryAddSingleton<PathInstruments>();
        services.TryAddSingleton<MetricsScrape>();
        services.TryAddSingleton<BudgetReading>();
        _ = services.AddOptionsSection<TracingOptions>(TracingOptions.Section);
        return services.AddHostedService<TraceExport>();
    }

    /// <summary>Maps <c>/metrics</c>.</summary>
    public static IEndpointConventionBuilder MapDataExportMetrics(this IEndpointRouteBuilder endpoints)
    {
        // Made here and not at the first scrape, since instruments count only while somebody listens.
        var scrape = endpoints.ServiceProvider.GetRequiredService<MetricsScrape>();
        var budgets = endpoints.ServiceProvider.GetRequiredService<BudgetReading>();
        return endpoints.MapGet("/metrics", async () =>
        {
            await budgets.ReadAsync();
            return Results.Text(
                scrape.Exporter.Scrape(_scrapeTimeout), "text/plain; version=0.0.4; charset=utf-8");
        });
    }

    /// <summary>The reader of all meters, alive as long as the silo.</summary>
    internal sealed class MetricsScrape : IDisposable
    {
        private readonly MeterProvider _provider;

        public MetricsScrape(PathInstruments instruments)
        {
            _provider = Sdk.CreateMeterProviderBuilder()
                .AddMeter([instruments.MeterName, .. _metersBeside])
                .AddReader(new BaseExportingMetricReader(Exporter))
                .Build();
        }

        public PrometheusExporter Exporter { get; } = new();

        public void Dispose() => _provider.Dispose();
    }
}
