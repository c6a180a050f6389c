namespace DataExport.Grains.Selection;

/// <summary>What a profile chooses of one table's rows and values, ready for use. For any number of threads.</summary>
/// <param name="Filter">Which rows are exported; <see langword="null"/> for all.</param>
/// <param name="Masks">Which values are hidden; <see langword="null"/> for none.</param>
public sealed record RowSelection(RowFilter? Filter, RowMasks? Masks)
{
    /// <summary>What <paramref name="table"/> says of it; <see langword="null"/> for all rows as they are.</summary>
    /// <exception cref="ProfileException">It does not fit the table.</exception>
    public static RowSelection? Of(TableDefinition table, string? maskKey)
    {
        ArgumentNullException.ThrowIfNull(table);
        var hasMasks = !table.Masks.IsDefaultOrEmpty;
        return table.Filter is null && !hasMasks
            ? null
            : new RowSelection(FilterOf(table), hasMasks ? new RowMasks(table, maskKey) : null);
    }

    private static RowFilter? FilterOf(TableDefinition table)
    {
        try
        {
            return table.Filter is { } filter ? RowFilter.Of(filter, table) : null;
        }
        catch (FilterSyntaxException fault)
        {
            throw new ProfileException(
                $"Table '{table.Name}': Filter, character {fault.Position}: {fault.Message}. Correct the filter.");
        }
    }
}
