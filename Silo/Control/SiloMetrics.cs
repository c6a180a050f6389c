using DataExport.Silo.Telemetry;
using DataExport.Targets.Control;
using Microsoft.Extensions.Options;

namespace DataExport.Silo.Control;

/// <summary>What this silo has done for each profile since that was last written. For one caller at a time.</summary>
internal sealed class SiloMetrics(PathInstruments path, IOptions<ControlReportOptions> options, TimeProvider clock)
{
    private static readonly ControlCounts s_nothing = new();

    private readonly Dictionary<string, Total> _written = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Total> _measured = new(StringComparer.Ordinal);
    private DateTime? _writtenOn;
    private DateTime _measuredOn;

    /// <summary>
    /// One measurement a profile that this silo writes for, or has done something for. None the first time: that is
    /// where the first one begins.
    /// </summary>
    public IReadOnlyList<MeasuredProfile> Measure()
    {
        _measured.Clear();
        _measuredOn = clock.GetUtcNow().UtcDateTime;
        _writtenOn ??= _measuredOn;
        return [.. path.Profiles.Select(profile => Measure(profile.Key, profile.Value)).OfType<MeasuredProfile>()];
    }

    /// <summary>What was measured last is written: the next measurements begin where it ended.</summary>
    public void Wrote()
    {
        foreach (var (id, total) in _measured)
        {
            _written[id] = total;
        }

        _writtenOn = _measuredOn > _writtenOn ? _measuredOn : _writtenOn;
        foreach (var forgotten in _written.Keys.Except(path.Profiles.Select(static known => known.Key)).ToArray())
        {
            _ = _written.Remove(forgotten);
        }
    }

    private MeasuredProfile? Measure(string id, ProfileInstruments instruments)
    {
        var before = _written.GetValueOrDefault(id) ?? new Total(_writtenOn!.Value, s_nothing);
        var total = instruments.Counts;
        var counts = total.Since(before.Counts);
        var queued = instruments.Gauges.RowsQueued;

        // No time has passed at the first look, nor while a clock that was set back has not caught up: counts wait.
        if (_measuredOn <= before.On || (queued is null && counts == s_nothing))
        {
            return null;
        }

        _measured[id] = new Total(_measuredOn, total);
        return new MeasuredProfile(id, options.Value.SiloName, before.On, _measuredOn, counts)
        {
            RowsQueued = queued ?? 0,
        };
    }

    private sealed record Total(DateTime On, ControlCounts Counts);
}
