using DataExport.Grains.Fence;
using DataExport.Grains.Ports;

namespace DataExport.Targets.Tests.Contract;

/// <summary>
/// The fence as the design's table says it, over dictionaries. Written apart from the code under test, on purpose: it
/// does not call <see cref="FenceRules"/>.
/// </summary>
/// <param name="round">A time as the engine's columns keep it.</param>
/// <param name="isFiltered">Whether the table exports some of its rows only.</param>
internal sealed partial class ModelTarget(Func<DateTime, DateTime> round, bool isFiltered)
{
    private readonly Dictionary<Guid, ModelRow> _rows = [];
    private readonly Dictionary<Guid, List<ModelTombstone>> _log = [];
    private readonly Dictionary<Guid, ModelQuestion> _pending = [];
    private long _highestVersion;
    private long _questions;

    public bool IsLoading { get; set; } = true;

    public IReadOnlyDictionary<Guid, ModelRow> Rows => _rows;

    public IReadOnlyDictionary<Guid, List<ModelTombstone>> Log => _log;

    public IReadOnlyDictionary<Guid, ModelQuestion> Pending => _pending;

    public DateTime? StampOf(Guid id) => _rows.TryGetValue(id, out var row) ? row.Stamp
        : _log.TryGetValue(id, out var log) ? log[^1].Stamp : null;

    public ApplyStatus Apply(MergeItem item, string? name, string? city, DateTime now)
    {
        var (id, e) = (item.RecordId, item.Evidence);
        _highestVersion = Math.Max(_highestVersion, e.Version.Value);
        var before = _pending.GetValueOrDefault(id);
        var status = isFiltered && Filtered(id, e, now) is { } decided ? decided : e.Kind switch
        {
            EvidenceKind.ReadUpsert => Read(id, e, name, city, now),
            EvidenceKind.FetchedRow or EvidenceKind.FetchedAbsent => Fetched(id, e, name, city, now),
            EvidenceKind.NotifiedCreate or EvidenceKind.NotifiedUpdate => Notified(id, e, name, city, now),
            EvidenceKind.Moved => _rows.GetValueOrDefault(id)?.Version >= e.Version.Value
                ? ApplyStatus.Superseded
                : Ask(id, now),
            EvidenceKind.ReadDeletion => Deleted(id, e.Instant!.Value, now),
            EvidenceKind.NotifiedDelete => Deleted(id, e.Instant!.Value.AddSeconds(-5), now),
            _ => Ask(id, now),
        };
        if (status is not ApplyStatus.Uncertain && before is not null && Settles(e, before))
        {
            _ = _pending.Remove(id);
        }

        return status;
    }

    private static bool Settles(Evidence e, ModelQuestion question) => e.Kind switch
    {
        EvidenceKind.FetchedRow or EvidenceKind.FetchedAbsent or EvidenceKind.FetchedOutside =>
            question.Number <= e.QuestionNumber,
        EvidenceKind.ReadUpsert or EvidenceKind.ReadDeletion or EvidenceKind.ReadOutside =>
            question.AskedOn < e.Instant,
        _ => false,
    };

    private ApplyStatus Read(Guid id, Evidence e, string? name, string? city, DateTime now)
    {
        var isAfter = StampOf(id) is not { } stamp || stamp < e.Instant;
        if (_rows.TryGetValue(id, out var row) && row.Version is { } version)
        {
            var writes = e.Version.Value > version || (e.Overrides && isAfter);
            return writes ? Put(id, e, name, city, now) : ApplyStatus.Superseded;
        }

        return isAfter ? Put(id, e, name, city, now) : Ask(id, now);
    }

    private ApplyStatus Fetched(Guid id, Evidence e, string? name, string? city, DateTime now)
    {
        var row = _rows.GetValueOrDefault(id);
        var isHeld = e.Kind is EvidenceKind.FetchedRow
            ? row?.Version >= e.Version.Value && !e.Overrides
            : row is null && _log.ContainsKey(id);
        if (isHeld)
        {
            return ApplyStatus.Superseded;
        }

        return StampOf(id) != e.ExpectedStamp ? Ask(id, now)
            : e.Kind is EvidenceKind.FetchedRow ? Put(id, e, name, city, now)
            : Remove(id, now);
    }

    private ApplyStatus Notified(Guid id, Evidence e, string? name, string? city, DateTime now)
    {
        var isCreate = e.Kind is EvidenceKind.NotifiedCreate;
        if (!_rows.TryGetValue(id, out var row))
        {
            return _log.ContainsKey(id) ? Ask(id, now)
                : isCreate ? PutProvisional(id, e.Instant!.Value, name, city, now)
                : IsLoading ? ApplyStatus.Superseded : Ask(id, now);
        }

        var isProven = !isCreate && row.ModifiedOn < e.Instant && (row.Version is null || row.Stamp < e.Instant);
        return isProven
            ? PutProvisional(id, e.Instant!.Value, name ?? row.Name, city ?? row.City, now)
            : Ask(id, now);
    }

    private ApplyStatus Deleted(Guid id, DateTime since, DateTime now) =>
        !_rows.TryGetValue(id, out var row) || row.Stamp < since ? Remove(id, now) : Ask(id, now);

    private ApplyStatus Put(Guid id, Evidence e, string? name, string? city, DateTime now)
    {
        var version = e.Version.Value;
        _rows[id] = new ModelRow(name, city, ModelSchedule.ModifiedOnOf(version), version, NextStamp(id, now));
        return ApplyStatus.Applied;
    }

    private ApplyStatus PutProvisional(Guid id, DateTime modifiedOn, string? name, string? city, DateTime now)
    {
        _rows[id] = new ModelRow(name, city, modifiedOn, null, NextStamp(id, now));
        var isReal = _pending.TryGetValue(id, out var open) && open.IsReal;
        _pending[id] = new ModelQuestion(isReal, ++_questions, now);
        return ApplyStatus.Applied;
    }

    private ApplyStatus Remove(Guid id, DateTime now)
    {
        var stamp = NextStamp(id, now);
        var isNew = _rows.Remove(id) || !_log.ContainsKey(id);
        var log = _log.TryGetValue(id, out var entries) ? entries : _log[id] = [];
        if (!isNew)
        {
            log.RemoveAt(log.Count - 1);
        }

        log.Add(new ModelTombstone(stamp, _highestVersion));
        if (_pending.TryGetValue(id, out var open) && !open.IsReal)
        {
            _ = _pending.Remove(id);
        }

        return ApplyStatus.Applied;
    }

    private ApplyStatus Ask(Guid id, DateTime now)
    {
        _pending[id] = new ModelQuestion(IsReal: true, ++_questions, now);
        return ApplyStatus.Uncertain;
    }

    private DateTime NextStamp(Guid id, DateTime now) =>
        StampOf(id) is { } last && last.AddMilliseconds(4) > now ? round(last.AddMilliseconds(4)) : now;
}

internal sealed record ModelRow(string? Name, string? City, DateTime? ModifiedOn, long? Version, DateTime Stamp);

internal sealed record ModelTombstone(DateTime Stamp, long Version);

internal sealed record ModelQuestion(bool IsReal, long Number, DateTime AskedOn);
