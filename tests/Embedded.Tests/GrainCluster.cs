#if ORLEANS
using Orleans.TestingHost;
#else
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
#endif
using Microsoft.Extensions.DependencyInjection;

namespace DataExport.Embedded.Tests;

/// <summary>A silo for a test, of whichever runtime the build has. All that differs between the two is here.</summary>
public sealed class GrainCluster : IAsyncDisposable
{
    public const string Storage = "test";

#if ORLEANS
    private readonly InProcessTestCluster _cluster;

    private GrainCluster(InProcessTestCluster cluster) => _cluster = cluster;

    public IGrainFactory Grains => _cluster.Client;

    public IServiceProvider Services => _cluster.Silos[0].ServiceProvider;

    public static async Task<GrainCluster> StartAsync(Action<ISiloBuilder>? configure = null)
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => Configure(silo, configure));
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new GrainCluster(cluster);
    }

    public Task StopAsync() => _cluster.StopAllSilosAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();
#else
    private readonly IHost _host;

    private GrainCluster(IHost host) => _host = host;

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public IServiceProvider Services => _host.Services;

    public static async Task<GrainCluster> StartAsync(Action<ISiloBuilder>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLogging();
        builder.UseOrleans(silo => Configure(silo, configure));
        var host = builder.Build();
        await host.StartAsync();
        return new GrainCluster(host);
    }

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
#endif

    private static void Configure(ISiloBuilder silo, Action<ISiloBuilder>? configure)
    {
        silo.AddMemoryGrainStorage(Storage);
        silo.AddMemoryGrainStorageAsDefault();
        silo.Services.AddSingleton<Signals>();
        configure?.Invoke(silo);
    }
}
