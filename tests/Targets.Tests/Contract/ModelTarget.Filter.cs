using DataExport.Grains.Fence;
using DataExport.Grains.Ports;

namespace DataExport.Targets.Tests.Contract;

/// <summary>What a filter adds: rules 14 to 18, written apart as well.</summary>
internal sealed partial class ModelTarget
{
    private ApplyStatus? Filtered(Guid id, Evidence e, DateTime now)
    {
        var hasRow = _rows.TryGetValue(id, out var row);
        var (hasLog, open) = (_log.ContainsKey(id), _pending.GetValueOrDefault(id));
        return e.Kind switch
        {
            EvidenceKind.NotifiedOutside => hasRow ? Ask(id, now) : Untraced(id, open, now),
            EvidenceKind.ReadOutside when hasRow => Left(id, e, row!, now),
            EvidenceKind.ReadOutside => open?.AskedOn < e.Instant ? ApplyStatus.Superseded : Untraced(id, open, now),
            EvidenceKind.FetchedOutside when !hasRow || (row!.Version >= e.Version.Value && !e.Overrides) =>
                ApplyStatus.Superseded,
            EvidenceKind.FetchedOutside => row!.Stamp == e.ExpectedStamp ? Remove(id, now) : Ask(id, now),
            EvidenceKind.FetchedAbsent when !hasRow && !hasLog => ApplyStatus.Superseded,
            EvidenceKind.FetchedRow when !hasRow && open is null => Ask(id, now),
            EvidenceKind.ReadUpsert when !hasRow && !IsLoading => Ask(id, now),
            EvidenceKind.NotifiedDelete when !hasRow && !hasLog => Untraced(id, open, now),
            EvidenceKind.ReadDeletion when !hasRow && !hasLog =>
                open?.AskedOn < e.Instant ? ApplyStatus.Superseded : Untraced(id, open, now),
            _ => null,
        };
    }

    private ApplyStatus Left(Guid id, Evidence e, ModelRow row, DateTime now)
    {
        if (row.Version is not { } version)
        {
            return row.Stamp < e.Instant ? Remove(id, now) : Ask(id, now);
        }

        var leaves = e.Version.Value > version || (e.Overrides && row.Stamp < e.Instant);
        return leaves ? Remove(id, now) : ApplyStatus.Superseded;
    }

    private ApplyStatus Untraced(Guid id, ModelQuestion? open, DateTime now) =>
        open is null ? ApplyStatus.Superseded : Ask(id, now);
}
