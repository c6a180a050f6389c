using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace DataExport.Silo.Telemetry;

/// <summary>
/// The meter of the path from message to committed row. Every profile has instruments of its own, got once by
/// <see cref="For"/> and kept by what works for that profile: a call on them allocates nothing.
/// </summary>
/// <remarks>Dashboards and alerts read the names: never rename one.</remarks>
internal sealed class PathInstruments : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "DataExport";

    private readonly Meter _meter = new(MeterName);
    private readonly ConcurrentDictionary<string, ProfileInstruments> _profiles = new(StringComparer.Ordinal);

    public PathInstruments()
    {
        Messages = new MessageInstruments(_meter);
        Batches = new BatchInstruments(_meter);
        Source = new SourceInstruments(_meter);
        _meter.CreateObservableGauge(
            "dataexport.pending",
            MeasurePending,
            "{question}",
            "Open questions and provisional rows of a table.");
    }

    internal MessageInstruments Messages { get; }

    internal BatchInstruments Batches { get; }

    internal SourceInstruments Source { get; }

    /// <summary>The instruments of one profile; the same instance for the same profile.</summary>
    public ProfileInstruments For(string profile) =>
        _profiles.GetOrAdd(profile, static (id, path) => new ProfileInstruments(path, id), this);

    /// <summary>Forgets a profile that was deleted, so that its pending gauge is no longer shown.</summary>
    public void Forget(string profile) => _profiles.TryRemove(profile, out _);

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<long>> MeasurePending()
    {
        foreach (var profile in _profiles.Values)
        {
            foreach (var measurement in profile.MeasurePending())
            {
                yield return measurement;
            }
        }
    }
}
