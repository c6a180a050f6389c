using System.Collections.Immutable;

namespace DataExport;

/// <summary>
/// Computes <see cref="TableDefinition.Layout"/>: FNV-1a, since it must be the same in every process.
/// </summary>
internal static class TableLayout
{
    private const ulong OffsetBasis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    public static long Fingerprint(ImmutableArray<ColumnDefinition> columns)
    {
        var hash = OffsetBasis;
        foreach (var column in columns)
        {
            foreach (var letter in column.Name)
            {
                hash = (hash ^ letter) * Prime;
            }

            hash = (hash ^ (ulong)column.Type ^ 0x10000) * Prime;
        }

        return unchecked((long)hash);
    }
}
