using DataExport.Grains.Fence;
using DataExport.Grains.Ports;
using DataExport.Targets.Layout;

namespace DataExport.Targets.Merging;

/// <summary>A page or delta page: rows of one table that were read whole, at one time, and override nothing.</summary>
/// <param name="Table">The table.</param>
/// <param name="Rows">The rows.</param>
/// <param name="Began">When the read began.</param>
/// <param name="HighestVersion">The highest version number among them.</param>
internal sealed record ReadPage(TargetTable Table, IReadOnlyList<MergeItem> Rows, DateTime Began, long HighestVersion)
{
    /// <summary>Fewer rows are as quickly merged one by one in memory.</summary>
    public const int RowsMinDefault = 50;

    /// <summary>The batch as a page; nothing if it is none.</summary>
    internal static ReadPage? Of(IReadOnlyList<MergeItem> batch, TargetTable table)
    {
        if (batch[0].Evidence.Instant is not { } began)
        {
            return null;
        }

        var highest = 0L;
        foreach (var item in batch)
        {
            if (item is not { SetColumn: null, Columns: { } columns, Evidence: { } evidence }
                || evidence.Kind is not EvidenceKind.ReadUpsert || evidence.Overrides || evidence.Instant != began
                || columns.Layout != table.Layout || item.Table != table.Definition.Name)
            {
                return null;
            }

            highest = Math.Max(highest, evidence.Version.Value);
        }

        return new ReadPage(table, batch, began, highest);
    }

    /// <summary>What to write, with a stamp.</summary>
    public IEnumerable<RowWrite> WritesAt(DateTime now) => Rows.Select(item => new RowWrite(
        RowWriteKind.Insert, item.RecordId, item.Columns!, item.Evidence.Version, null, now, now));
}
