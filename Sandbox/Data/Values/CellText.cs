namespace DataExport.Sandbox;

/// <summary>Writes the text of a cell to any sink.</summary>
internal static class CellText
{
    public static void Compose<TSink>(TSink sink, SandboxTable table, SandboxColumn column, in Cell cell)
        where TSink : struct, ITextSink
    {
        if (cell.Kind is CellKind.Text)
        {
            _ = TextComposer<TSink>.Compose(sink, (ulong)cell.Number, column.Style, column.MaxLength);
            return;
        }

        var first = table.All[column.Sources[0]];
        var last = table.All[column.Sources[1]];
        if ((cell.Scale & 1) != 0)
        {
            _ = TextComposer<TSink>.Compose(sink, (ulong)cell.Number, first.Style, first.MaxLength);
        }

        if (cell.Scale == 3)
        {
            sink.Add(Vocabulary.Space);
        }

        if ((cell.Scale & 2) != 0)
        {
            _ = TextComposer<TSink>.Compose(sink, (ulong)cell.Second, last.Style, last.MaxLength);
        }
    }
}
