using DataExport.Grains.Ports;
using DataExport.Grains.Profiles;
using DataExport.Grains.Registration;
using DataExport.Grains.Tests.Confirming;
using DataExport.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DataExport.Grains.Tests.Registration;

/// <summary>A silo with the grain that registers, on a clock that a test moves.</summary>
internal sealed class RegistrationHost : IAsyncDisposable
{
    /// <summary>Unlike every interval of the runtime, so that the clock can tell the waits apart.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(2_345);

    private readonly IHost _host;

    private RegistrationHost()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services
            .AddSingleton<TimeProvider>(new RoundClock(Clock, Interval))
            .AddSingleton<ISourceRegistrationFactory>(Source)
            .AddDataExportGrains()
            .Configure<RegistrationOptions>(static options => options.CheckInterval = Interval);
        builder.UseOrleans(silo => silo.UseLoneCluster().AddMemoryGrainStorage(ProfileNames.Storage));
        _host = builder.Build();
    }

    public FakeClock Clock { get; } = new();

    public FakeRegistration Source { get; } = new();

    public IRegistrationGrain Grain =>
        _host.Services.GetRequiredService<IGrainFactory>().GetGrain<IRegistrationGrain>("sales");

    public static ProfileRoute Route { get; } = new(
        new ExportProfile
        {
            Id = "sales",
            Name = "Sales",
            NotificationConnection = Connection("Listen"),
            RegistrationConnection = Connection("Send"),
            ActivationTime = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc),
        },
        [Table("account", "accountid", "name"), Table("contact", "contactid", "lastname")]);

    public static async Task<RegistrationHost> StartAsync()
    {
        var test = new RegistrationHost();
        await test._host.StartAsync();
        return test;
    }

    public static string Connection(string key, string path = "changes") =>
        $"Endpoint=sb://bus.example.com/;SharedAccessKeyName={key};SharedAccessKey=hush;EntityPath={path}";

    public static TableDefinition Table(string name, string primaryId, params string[] columns) => new()
    {
        Name = name,
        EntitySetName = name + "s",
        PrimaryIdColumn = primaryId,
        Columns =
        [
            new ColumnDefinition { Name = primaryId, Type = ColumnType.UniqueIdentifier },
            .. columns.Select(static column => new ColumnDefinition { Name = column, Type = ColumnType.Text }),
        ],
    };

    /// <summary>Waits until the grain waits, and lets the interval pass.</summary>
    public async Task PassAsync()
    {
        await Clock.ArmedAsync(Interval);
        Clock.Advance(Interval);
    }

    /// <summary>The grain leaves memory: from here on only what was stored is known.</summary>
    public Task ForgetAsync() => Grain.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
