using System.Numerics;

namespace DataExport.Sandbox;

/// <summary>Writes values as the Web API does.</summary>
internal static class PageCells
{
    /// <summary>Writes a comma, the column's name and its value.</summary>
    public static void Write(
        Utf8Buffer buffer, RecordIds ids, SandboxTable table, SandboxColumn column, in Cell cell)
    {
        buffer.Write(column.PageKey);
        switch (cell.Kind)
        {
            case CellKind.Null:
                buffer.Write("null"u8);
                break;
            case CellKind.Boolean:
                buffer.Write(cell.Number != 0 ? "true"u8 : "false"u8);
                break;
            case CellKind.Integer or CellKind.Option:
                buffer.Write(cell.Number);
                break;
            case CellKind.Decimal or CellKind.Money or CellKind.Double:
                buffer.WriteScaled(cell.Number, cell.Scale);
                break;
            case CellKind.Instant or CellKind.WallClock:
                WriteTime(buffer, new DateTime(cell.Number));
                break;
            case CellKind.Day:
                buffer.Write((byte)'"');
                WriteDay(buffer, new DateTime(cell.Number));
                buffer.Write((byte)'"');
                break;
            case CellKind.RecordId or CellKind.Lookup:
                MessageCells.WriteQuoted(buffer, ids.IdOf(cell.Table, (uint)cell.Number));
                break;
            case CellKind.Id or CellKind.Reference:
                MessageCells.WriteQuoted(buffer, cell.Id);
                break;
            case CellKind.StoredText:
                buffer.WriteString(cell.Text!, escapesSlash: false);
                break;
            case CellKind.Options:
                WriteOptions(buffer, column, (ulong)cell.Number);
                break;
            case CellKind.DrawnId:
                MessageCells.WriteQuoted(buffer, DrawnId.Of((ulong)cell.Number));
                break;
            default:
                buffer.Write((byte)'"');
                CellText.Compose(new PageTextSink(buffer), table, column, cell);
                buffer.Write((byte)'"');
                break;
        }
    }

    /// <summary>Writes a comma and the annotation that names a lookup's table.</summary>
    public static void WriteAnnotation(Utf8Buffer buffer, RecordIds ids, SandboxColumn column, in Cell cell)
    {
        buffer.Write(column.AnnotationKey);
        buffer.Write(ids.Utf8NameOf(cell.Table));
        buffer.Write((byte)'"');
    }

    private static void WriteOptions(Utf8Buffer buffer, SandboxColumn column, ulong places)
    {
        buffer.Write((byte)'"');
        for (; places != 0; places &= places - 1)
        {
            buffer.Write((long)column.Options[BitOperations.TrailingZeroCount(places)].Value);
            buffer.Write((byte)',');
        }

        buffer.TrimComma();
        buffer.Write((byte)'"');
    }

    private static void WriteDay(Utf8Buffer buffer, DateTime time)
    {
        buffer.WriteDigits(time.Year, 4);
        buffer.Write((byte)'-');
        buffer.WriteDigits(time.Month, 2);
        buffer.Write((byte)'-');
        buffer.WriteDigits(time.Day, 2);
    }

    private static void WriteTime(Utf8Buffer buffer, DateTime time)
    {
        buffer.Write((byte)'"');
        WriteDay(buffer, time);
        buffer.Write((byte)'T');
        buffer.WriteDigits(time.Hour, 2);
        buffer.Write((byte)':');
        buffer.WriteDigits(time.Minute, 2);
        buffer.Write((byte)':');
        buffer.WriteDigits(time.Second, 2);
        buffer.Write("Z\""u8);
    }
}
