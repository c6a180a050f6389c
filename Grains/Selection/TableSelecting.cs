using System.Collections.Immutable;

namespace DataExport.Grains.Selection;

/// <summary>
/// Narrows what the source says of tables to what a profile chooses: columns, a filter of rows, masks. Pure. What only
/// metadata can tell is checked here, and named by table, column and remedy.
/// </summary>
internal static class TableSelecting
{
    /// <summary>The fewest characters of a fingerprint that still tells a few million values apart.</summary>
    public const int HashLengthMin = 16;

    private static readonly string[] s_kept = ["createdon", "modifiedon", "versionnumber"];
    private static readonly string[] s_neverMasked = ["modifiedon", "versionnumber"];

    /// <summary>The tables as the profile wants them.</summary>
    /// <exception cref="ProfileException">Something that it chooses does not fit its table.</exception>
    public static ImmutableArray<TableDefinition> Select(
        ImmutableArray<TableDefinition> tables, ExportProfile profile)
    {
        var chosen = profile.Entities.ToDictionary(static entity => entity.Type, StringComparer.Ordinal);
        return [.. tables.Select(table => chosen.TryGetValue(table.Name, out var entity)
            ? Select(table, entity, !string.IsNullOrEmpty(profile.MaskKey))
            : table)];
    }

    private static TableDefinition Select(TableDefinition table, ProfileEntity entity, bool hasMaskKey)
    {
        var filterColumns = entity.Filter is { } filter ? ColumnsOf(filter, table) : [];
        var narrowed = table with
        {
            Columns = ChosenColumns(table, entity, filterColumns),
            Filter = entity.Filter,
            FilterColumns = filterColumns,
            Masks = entity.Masks.IsDefault ? [] : entity.Masks,
        };
        foreach (var mask in narrowed.Masks)
        {
            DemandMask(narrowed, mask, hasMaskKey);
        }

        return narrowed;
    }

    private static ImmutableArray<string> ColumnsOf(string filter, TableDefinition table)
    {
        if (!table.SetColumns.IsEmpty)
        {
            throw new ProfileException(
                $"Table '{table.Name}': Filter is not possible, for its rows come and go as sets that no message tells "
                + "the columns of. Leave the filter out, or the table.");
        }

        try
        {
            return [.. RowFilter.Of(filter, table).Ordinals.Select(ordinal => table.Columns[ordinal].Name)];
        }
        catch (FilterSyntaxException fault)
        {
            throw new ProfileException(
                $"Table '{table.Name}': Filter, character {fault.Position}: {fault.Message}. Correct the filter.");
        }
    }

    private static ImmutableArray<ColumnDefinition> ChosenColumns(
        TableDefinition table, ProfileEntity entity, ImmutableArray<string> filterColumns)
    {
        if (entity.Columns.IsDefaultOrEmpty)
        {
            return table.Columns;
        }

        foreach (var column in entity.Columns)
        {
            if (table.OrdinalOf(column) < 0)
            {
                throw new ProfileException(
                    $"Table '{table.Name}': Columns names '{column}', which the environment does not have or lets "
                    + "nobody read. Correct the name or leave it out.");
            }
        }

        // A message that changes a list of parties makes the parties uncertain, whoever wants to see the list.
        HashSet<string> chosen =
            [.. entity.Columns, .. filterColumns, .. table.SetColumns, .. s_kept, table.PrimaryIdColumn];
        return [.. table.Columns.Where(
            column => chosen.Contains(column.Name) || column.Type is ColumnType.PartyList)];
    }

    private static void DemandMask(TableDefinition table, ColumnMask mask, bool hasMaskKey)
    {
        if (FaultOf(table, mask, hasMaskKey) is { } fault)
        {
            throw new ProfileException($"Table '{table.Name}': Masks names column '{mask.Column}', {fault}");
        }
    }

    private static string? FaultOf(TableDefinition table, ColumnMask mask, bool hasMaskKey)
    {
        var ordinal = table.OrdinalOf(mask.Column);
        if (ordinal < 0)
        {
            return "which is not exported. Correct the name, add it to Columns, or leave the mask out.";
        }

        if (mask.Column == table.PrimaryIdColumn || s_neverMasked.Contains(mask.Column))
        {
            return "by which rows are told apart and ordered. Leave the mask out.";
        }

        if (table.SetColumns.Contains(mask.Column))
        {
            return "by which rows of the table are asked for. Leave the mask out.";
        }

        return mask.Kind is MaskKind.Hash ? HashFaultOf(table.Columns[ordinal], hasMaskKey) : null;
    }

    private static string? HashFaultOf(ColumnDefinition column, bool hasMaskKey) => column switch
    {
        _ when !hasMaskKey => "to be hashed, and the profile has no MaskKey. Give it one, or use the kind Mask.",
        { Type: not (ColumnType.Text or ColumnType.Memo) } =>
            "to be hashed, and it holds no text. Use the kind Mask.",
        { MaxLength: > 0 and < HashLengthMin } =>
            $"to be hashed, and it has room for {column.MaxLength} characters where {HashLengthMin} are the least. "
            + "Use the kind Mask.",
        _ => null,
    };
}
