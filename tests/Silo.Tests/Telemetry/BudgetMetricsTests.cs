using DataExport.Silo.Telemetry;
using DataExport.Silo.Tests.Trouble;
using Microsoft.Extensions.DependencyInjection;

namespace DataExport.Silo.Tests.Telemetry;

/// <summary>What a silo that works shows of the limits of its source.</summary>
public sealed class BudgetMetricsTests
{
    [Fact]
    public async Task Reading_AfterALoad_ShowsWhatTheEnvironmentWasAsked()
    {
        await using var silo = new SiloFixture(rows: 200);
        await silo.StartAsync("account");
        var (services, host) = (silo.Services, silo.Sandbox.WebApi.EnvironmentAddress.Authority);
        using var scrape = new TelemetryRegistration.MetricsScrape(services.GetRequiredService<PathInstruments>());

        await ActivatorUtilities.CreateInstance<BudgetReading>(services).ReadAsync();

        var lines = scrape.Exporter.Scrape(Patience.Limit).Split('\n');
        var shown = lines.Single(line => line.StartsWith(
            $"dataexport_source_requests_share{{host=\"{host}\"}}", StringComparison.Ordinal));
        double.Parse(shown.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)
            .ShouldBeInRange(1.0 / 6_000, silo.Sandbox.WebApi.Counters.Requests / 6_000.0);
    }
}
