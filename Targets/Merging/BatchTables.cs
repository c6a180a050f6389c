using DataExport.Grains.Ports;
using DataExport.Targets.Layout;

namespace DataExport.Targets.Merging;

/// <summary>Splits a batch by tables.</summary>
internal static class BatchTables
{
    /// <summary>
    /// The tables of a batch in the order of their names in the target: locks that are all taken in one order never
    /// wait for each other in a ring.
    /// </summary>
    /// <exception cref="TargetRefusedException">A table is not exported to this target.</exception>
    internal static TableBatch[] Of(
        IReadOnlyList<MergeItem> batch, IReadOnlyDictionary<string, TargetTable> tables)
    {
        var byTable = new Dictionary<string, TableBatch>(StringComparer.Ordinal);
        for (var index = 0; index < batch.Count; index++)
        {
            var item = batch[index];
            if (!byTable.TryGetValue(item.Table, out var table))
            {
                var target = tables.TryGetValue(item.Table, out var known)
                    ? known
                    : throw new TargetRefusedException($"Table '{item.Table}' is not exported to this target.");
                byTable.Add(item.Table, table = new TableBatch(target));
            }

            table.Add(index, item);
        }

        var ordered = byTable.Values.ToArray();
        Array.Sort(
            ordered,
            static (left, right) => string.CompareOrdinal(left.Table.Name.Name, right.Table.Name.Name));
        return ordered;
    }
}
