using DataExport.Grains.Telemetry;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace DataExport.Silo.Telemetry;

/// <summary>
/// Sends traces by OTLP while the silo runs, if <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where to. Without it nobody
/// listens, and spans are not even made.
/// </summary>
internal sealed class TraceExport(IConfiguration configuration, IOptions<TracingOptions> options) : IHostedService
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string TracesEndpoint = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";

    // A collector that is away must not hold up a silo that ends.
    private static readonly TimeSpan s_flushTimeout = TimeSpan.FromSeconds(3);

    private TracerProvider? _provider;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(configuration[Endpoint]) || !string.IsNullOrEmpty(configuration[TracesEndpoint]))
        {
            _provider = Build();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _ = _provider?.ForceFlush((int)s_flushTimeout.TotalMilliseconds);
        _provider?.Dispose();
        _provider = null;
        return Task.CompletedTask;
    }

    /// <summary>Our spans, the requests that they make, and in a cluster the grain calls between silos.</summary>
    private TracerProvider Build() => Sdk.CreateTracerProviderBuilder()
        .ConfigureServices(services => services.AddSingleton(configuration))
        .ConfigureResource(static resource => resource
            .AddService("dataexport-silo", serviceInstanceId: Environment.MachineName)
            .AddEnvironmentVariableDetector())
        .AddSource(PathTrace.SourceName, "System.Net.Http", "Microsoft.Orleans.Application")
        .SetSampler(new PathSampler(options.Value.MessageRatio))
        .AddOtlpExporter()
        .Build();
}
