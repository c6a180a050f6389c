using DataExport.Grains.Fence;
using DataExport.Grains.Ports;

namespace DataExport.Targets.Merging;

/// <summary>What every engine's merge decides alike, before and beside the fence. Pure.</summary>
internal static class MergeRules
{
    /// <summary>The least distance of a record's stamps: SQL Server's <c>datetime</c> rounds to 3.3 ms.</summary>
    private static readonly TimeSpan _stampDistance = TimeSpan.FromMilliseconds(4);

    /// <summary>What to do with an item, given what the target holds of its record.</summary>
    /// <param name="item">The item.</param>
    /// <param name="held">What the target holds.</param>
    /// <param name="layout">The layout whose values can be written.</param>
    /// <param name="isLoading">Whether the table's initial sync runs.</param>
    internal static Verdict Decide(MergeItem item, in HeldRecord held, long layout, bool isLoading)
    {
        var carriesColumns = item.Evidence.Kind
            is EvidenceKind.NotifiedCreate or EvidenceKind.NotifiedUpdate
            or EvidenceKind.ReadUpsert or EvidenceKind.FetchedRow;
        return carriesColumns switch
        {
            // Without columns there is nothing to write, and with another layout's nothing to trust.
            true when item.Columns is null => Verdict.Ask(UncertainReason.Undecodable),
            true when item.Columns.Layout != layout => Verdict.Ask(UncertainReason.OtherLayout),
            _ => FenceRules.Decide(item.Evidence, held, isLoading),
        };
    }

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
