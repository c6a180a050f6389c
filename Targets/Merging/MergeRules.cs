using DataExport.Grains.Fence;
using DataExport.Grains.Ports;
using DataExport.Targets.Layout;

namespace DataExport.Targets.Merging;

/// <summary>What every engine's merge decides alike, before and beside the fence. Pure.</summary>
internal static class MergeRules
{
    /// <summary>The least distance of a record's stamps: SQL Server's <c>datetime</c> rounds to 3.3 ms.</summary>
    private static readonly TimeSpan _stampDistance = TimeSpan.FromMilliseconds(4);

    /// <summary>What to do with an item, given what the target holds of its record.</summary>
    /// <param name="item">The item.</param>
    /// <param name="held">What the target holds.</param>
    /// <param name="table">The table.</param>
    /// <param name="isLoading">Whether the table's initial sync runs.</param>
    internal static Verdict Decide(MergeItem item, in HeldRecord held, TargetTable table, bool isLoading)
    {
        var carriesColumns = item.Evidence.Kind
            is EvidenceKind.NotifiedCreate or EvidenceKind.NotifiedUpdate
            or EvidenceKind.ReadUpsert or EvidenceKind.FetchedRow;
        return carriesColumns switch
        {
            // Without columns there is nothing to write, and with another layout's nothing to trust.
            true when item.Columns is null => Verdict.Ask(UncertainReason.Undecodable),
            true when item.Columns.Layout != table.Layout => Verdict.Ask(UncertainReason.OtherLayout),
            _ => FenceRules.Decide(item.Evidence, held, isLoading, table.IsFiltered),
        };
    }

    /// <summary>Whether evidence is an answer to a question that had some number when it was sent.</summary>
    internal static bool IsFetched(EvidenceKind kind) =>
        kind is EvidenceKind.FetchedRow or EvidenceKind.FetchedAbsent or EvidenceKind.FetchedOutside;

    /// <summary>Whether evidence answers every question that was put before its read began.</summary>
    internal static bool IsRead(EvidenceKind kind) =>
        kind is EvidenceKind.ReadUpsert or EvidenceKind.ReadDeletion or EvidenceKind.ReadOutside;

    /// <summary>The stamp of a write: now, and later than the record's last one whatever the clock says.</summary>
    internal static DateTime NextStamp(DateTime? last, DateTime now) =>
        last is { } stamp && stamp > now - _stampDistance ? stamp + _stampDistance : now;

    /// <summary>What a verdict answers.</summary>
    internal static ApplyResult ToResult(Verdict verdict, DateTime stamp) => verdict.Kind switch
    {
        VerdictKind.Superseded => ApplyResult.Superseded,
        VerdictKind.Ask => ApplyResult.Uncertain(verdict.Reason),
        _ => ApplyResult.AppliedAt(stamp),
    };
}
