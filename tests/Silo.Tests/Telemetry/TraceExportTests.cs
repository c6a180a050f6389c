using DataExport.Grains.Telemetry;
using DataExport.Silo.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DataExport.Silo.Tests.Telemetry;

/// <summary>Spans reach a collector that speaks OTLP over HTTP.</summary>
[Collection("traces")]
public sealed class TraceExportTests : IAsyncLifetime
{
    private readonly List<byte> _received = [];
    private WebApplication _collector = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _collector = builder.Build();
        _collector.MapPost("/v1/traces", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            lock (_received)
            {
                _received.AddRange(body.ToArray());
            }

            return Results.Bytes([], "application/x-protobuf");
        });
        await _collector.StartAsync();
    }

    public async Task DisposeAsync() => await _collector.DisposeAsync();

    [Fact]
    public async Task Silo_WithAnEndpoint_SendsItsSpansBeforeItEnds()
    {
        var trace = await ExportAsync(new Dictionary<string, string?>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _collector.Urls.First(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_RESOURCE_ATTRIBUTES"] = "deployment.environment=test",
        });

        Contains(Convert.FromHexString(trace!)).ShouldBeTrue("the trace's id was sent");
        Contains("delta sync"u8).ShouldBeTrue();
        Contains("account"u8).ShouldBeTrue();
        Contains("dataexport-silo"u8).ShouldBeTrue();
    }

    [Fact]
    public async Task Silo_WithoutAnEndpoint_MakesNoSpans()
    {
        var trace = await ExportAsync([]);

        trace.ShouldBeNull();
        _received.ShouldBeEmpty();
    }

    /// <summary>Makes a span while an exporter of these settings runs; its trace's id, if it was made.</summary>
    private static async Task<string?> ExportAsync(Dictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var export = new TraceExport(configuration, Options.Create(new TracingOptions()));
        await export.StartAsync(CancellationToken.None);
        string? trace;
        using (var span = PathTrace.BeginRoot("delta sync", "p", "account"))
        {
            trace = span?.TraceId.ToHexString();
        }

        await export.StopAsync(CancellationToken.None);
        return trace;
    }

    private bool Contains(ReadOnlySpan<byte> expected)
    {
        lock (_received)
        {
            return _received.ToArray().AsSpan().IndexOf(expected) >= 0;
        }
    }
}
