using DataExport.Client;
using DataExport.Silo.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DataExport.Silo.Tests.Api;

/// <summary>The admin API on loopback over fake grains, and a client of it.</summary>
public sealed class ApiFixture : IAsyncLifetime
{
    internal const string Key = "0123456789abcdef-key";
    internal const string MetricsKey = "0123456789abcdef-metrics";

    private WebApplication? _app;

    internal FakeGrains Grains { get; } = new();

    internal DataExportClient Client { get; private set; } = null!;

    /// <summary>Without a key.</summary>
    internal HttpClient Http { get; private set; } = null!;

    internal IServiceProvider Services => _app!.Services;

    internal static ExportProfile Valid { get; } = new()
    {
        Name = "first",
        Entities = [new ProfileEntity("account"), new ProfileEntity("contact")],
        DestinationType = "sqlite",
        DestinationConnection = "Data Source=/secret/place.db",
        DestinationPrefix = "crm",
        SourceUrl = "https://org.crm.dynamics.com",
        NotificationConnection =
            "Endpoint=sb://bus/;SharedAccessKeyName=k;SharedAccessKey=hush;EntityPath=queue",
    };

    public async Task InitializeAsync()
    {
        _app = Build(
            new Dictionary<string, string?>
            {
                ["DataExport:Api:Key"] = Key, ["DataExport:Api:MetricsKey"] = MetricsKey,
            },
            Grains);
        await _app.StartAsync();
        var address = new Uri(_app.Urls.First());
        Client = new DataExportClient(address, Key, new SkippingClock());
        Http = new HttpClient { BaseAddress = address };
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        Http.Dispose();
        await _app!.DisposeAsync();
    }

    internal static WebApplication Build(Dictionary<string, string?> settings, FakeGrains grains)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(grains.ToFactory());
        builder.Services.AddDataExportApi();
        var app = builder.Build();
        app.MapDataExportApi();
        return app;
    }
}
