using System.Data.Common;
using DataExport.Silo.Control;
using DataExport.Silo.Hosting;
using DataExport.Silo.Telemetry;
using DataExport.Silo.Tests.Api;
using DataExport.Targets.Control;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DataExport.Silo.Tests.Control;

/// <summary>How the control database is configured.</summary>
public sealed class ControlReportingTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("sqlite")]
    public void NothingConfigured_TheDatabaseIsAFileInTheDataDirectory(string? type)
    {
        using var host = Build(new()
        {
            ["DataExport:Silo:DataDirectory"] = "some where", ["DataExport:Control:Type"] = type,
        });

        var options = host.Services.GetRequiredService<IOptions<ControlDatabaseOptions>>().Value;

        options.Type.ShouldBe("sqlite");
        new DbConnectionStringBuilder { ConnectionString = options.Connection }["Data Source"]
            .ShouldBe(Path.Combine("some where", "control.db"));
    }

    [Theory]
    [InlineData("DataExport:Control:Type", "oracle")]
    [InlineData("DataExport:Control:Type", "postgres", "DataExport:Control:Connection")]
    [InlineData("DataExport:Control:Schema", "sales")]
    [InlineData("DataExport:Control:Interval", "00:00:00")]
    [InlineData("DataExport:Control:KeepMetricsDays", "0")]
    [InlineData("DataExport:Control:SiloName", "")]
    public async Task BadValue_StopsTheStart_AndIsNamed(string key, string value, string? named = null)
    {
        using var host = Build(new() { [key] = value });

        var fault = await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync());

        fault.Message.ShouldContain(named ?? key);
    }

    private static IHost Build(Dictionary<string, string?> settings)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        _ = builder.Configuration.AddInMemoryCollection(settings);
        _ = builder.Services.AddOptions<SiloOptions>().BindConfiguration(SiloOptions.Section);
        _ = builder.Services
            .AddSingleton(TimeProvider.System)
            .AddSingleton<PathInstruments>()
            .AddSingleton(new FakeGrains().ToFactory())
            .AddControlReporting();
        return builder.Build();
    }
}
