namespace DataExport.Targets.Layout;

/// <summary>Makes room for a text that is longer than the source said.</summary>
internal static class WiderColumns
{
    private const int LettersMax = 4000;

    /// <summary>
    /// A column of a table with room for a text of this length: twice as much as there was, so that a column that
    /// grows is not changed with every row.
    /// </summary>
    internal static TargetColumn Widened(this TargetTable table, TargetColumn column, int length)
    {
        var known = table.Definition.Columns[column.Ordinal];
        var room = Math.Min(LettersMax, Math.Max(known.MaxLength, column.TextLengthMax) * 2);
        var wider = known with { MaxLength = Math.Max(length, room) };
        return column with
        {
            DeclaredType = table.Dialect.TypeOf(wider),
            TextLengthMax = table.Dialect.TextLengthOf(wider),
        };
    }
}
