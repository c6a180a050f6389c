using Microsoft.Extensions.Hosting;
using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>The silo begins and ends with its host.</summary>
internal sealed class SiloHostedService(Silo silo) : IHostedService, IDisposable
{
    private CatalogInstruments? _instruments;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        silo.Start();
        _instruments = new CatalogInstruments(silo);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => silo.StopAsync(cancellationToken);

    public void Dispose() => _instruments?.Dispose();
}
