using System.Diagnostics.Metrics;

namespace Orleans.Runtime;

/// <summary>How many grains are in memory, under the names that Orleans gives meter and instrument.</summary>
internal sealed class CatalogInstruments : IDisposable
{
    private readonly Meter _meter = new("Microsoft.Orleans");

    public CatalogInstruments(Silo silo) => _ = _meter.CreateObservableGauge(
        "orleans-catalog-activations",
        () => silo.Factory.Classes.Select(static grainClass => new Measurement<int>(
            grainClass.Count, new KeyValuePair<string, object?>("grain_type", grainClass.Type.ToString()))),
        "{activation}",
        "Grain activations in this silo.");

    public void Dispose() => _meter.Dispose();
}
