using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace DataExport.Silo.Telemetry;

/// <summary>
/// The meter of the path from message to committed row. Every profile has instruments of its own, got once by
/// <see cref="For"/> and kept by what works for that profile: a call on them allocates nothing.
/// </summary>
/// <remarks>Dashboards and alerts read the names: never rename one. docs/metrics.md lists them all.</remarks>
internal sealed class PathInstruments : IDisposable
{
    private readonly Meter _meter;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, ProfileInstruments> _profiles = new(StringComparer.Ordinal);

    public PathInstruments(TimeProvider clock) : this(clock, "DataExport")
    {
    }

    /// <summary>
    /// For who has several in one process: a reader takes meters of one name for one, and drops its instruments when
    /// the first of them is disposed.
    /// </summary>
    internal PathInstruments(TimeProvider clock, string meterName)
    {
        _meter = new Meter(meterName);
        _clock = clock;
        Messages = new MessageInstruments(_meter);
        Batches = new BatchInstruments(_meter);
        Source = new SourceInstruments(_meter);
        Budgets = new BudgetInstruments(_meter);
        GaugeInstruments.AddTo(_meter, this);
    }

    /// <summary>The name by which a reader finds them.</summary>
    public string MeterName => _meter.Name;

    internal MessageInstruments Messages { get; }

    internal BatchInstruments Batches { get; }

    internal SourceInstruments Source { get; }

    /// <summary>What is used of the environments' limits.</summary>
    internal BudgetInstruments Budgets { get; }

    /// <summary>What the gauges of every profile show.</summary>
    internal IEnumerable<ProfileGauges> Gauges => _profiles.Values.Select(static profile => profile.Gauges);

    /// <summary>The instruments of one profile; the same instance for the same profile.</summary>
    public ProfileInstruments For(string profile) => _profiles.GetOrAdd(
        profile, static (id, path) => new ProfileInstruments(path, id, path._clock), this);

    /// <summary>The profiles that have instruments in this silo.</summary>
    public IEnumerable<KeyValuePair<string, ProfileInstruments>> Profiles => _profiles;

    /// <summary>Forgets a profile that was deleted, so that its gauges are no longer shown.</summary>
    public void Forget(string profile) => _profiles.TryRemove(profile, out _);

    public void Dispose() => _meter.Dispose();
}
