namespace DataExport.Targets.Layout;

/// <summary>Makes room for a text that is longer than the source said.</summary>
internal static class WiderColumns
{
    private const int LettersMax = 4000;

    /// <summary>
    /// The table with room for a text of this length: twice as much as there was, so that a column that grows is not
    /// changed with every row.
    /// </summary>
    internal static TableDefinition Widened(this TableDefinition table, int ordinal, int length)
    {
        var column = table.Columns[ordinal];
        var room = Math.Max(length, Math.Min(LettersMax, column.MaxLength * 2));
        return table with { Columns = table.Columns.SetItem(ordinal, column with { MaxLength = room }) };
    }
}
