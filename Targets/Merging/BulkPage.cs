using DataExport.Grains.Fence;
using DataExport.Grains.Ports;
using DataExport.Targets.Layout;

namespace DataExport.Targets.Merging;

/// <summary>Tells pages of an initial sync from other batches.</summary>
internal static class BulkPage
{
    /// <summary>Fewer rows are as quickly merged.</summary>
    public const int RowsMin = 500;

    /// <summary>
    /// Whether all items are rows of one table that were read whole and override nothing: if nothing is held of any, the
    /// fence writes them all.
    /// </summary>
    internal static bool IsOne(IReadOnlyList<MergeItem> batch, TargetTable table)
    {
        if (batch.Count < RowsMin)
        {
            return false;
        }

        foreach (var item in batch)
        {
            if (item is not { SetColumn: null, Columns: { } columns, Evidence: { Kind: EvidenceKind.ReadUpsert } evidence }
                || evidence.Overrides || columns.Layout != table.Layout || item.Table != table.Definition.Name)
            {
                return false;
            }
        }

        return true;
    }
}
