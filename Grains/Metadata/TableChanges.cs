using System.Collections.Immutable;
using System.Text.Json;

namespace DataExport.Grains.Metadata;

/// <summary>How a profile's tables differ from what they were. Pure.</summary>
/// <param name="Changed">Tables of which anything changed.</param>
/// <param name="IsReadAlike">
/// Whether rows are read as before, all columns being those that were, in name and type: then values made by the old
/// description are good.
/// </param>
internal sealed record TableChanges(ImmutableArray<string> Changed, bool IsReadAlike)
{
    /// <summary>Compares.</summary>
    public static TableChanges Between(ImmutableArray<TableDefinition> before, ImmutableArray<TableDefinition> now)
    {
        var known = before.ToDictionary(static table => table.Name, StringComparer.Ordinal);
        var changed = now.Where(table => !IsSame(table, known.GetValueOrDefault(table.Name))).ToArray();
        return new TableChanges(
            [.. changed.Select(static table => table.Name)],
            before.Length == now.Length
                && Array.TrueForAll(changed, table =>
                    known.TryGetValue(table.Name, out var old) && AreReadAlike(old, table)));
    }

    private static bool AreReadAlike(TableDefinition one, TableDefinition other) =>
        one.Layout == other.Layout
        && (one.IsUntracked, one.IsElastic) == (other.IsUntracked, other.IsElastic)
        && one.Columns.Select(static column => column.IsComputed)
            .SequenceEqual(other.Columns.Select(static column => column.IsComputed));

    /// <summary>By all that is stored of them: records compare their arrays by reference.</summary>
    private static bool IsSame(TableDefinition table, TableDefinition? other) =>
        other is not null && Stored(table).AsSpan().SequenceEqual(Stored(other));

    private static byte[] Stored(TableDefinition table) => JsonSerializer.SerializeToUtf8Bytes(table);
}
