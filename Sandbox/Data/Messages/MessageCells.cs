using System.Numerics;

namespace DataExport.Sandbox;

/// <summary>Writes values as the DataContract serializer of Dataverse does.</summary>
internal sealed class MessageCells(RecordIds ids)
{
    /// <summary>The rest of a type's name, from the colon on.</summary>
    public static ReadOnlySpan<byte> Contracts => ":http:\\/\\/schemas.microsoft.com\\/xrm\\/2011\\/Contracts\","u8;

    private static readonly long UnixEpochTicks = DateTime.UnixEpoch.Ticks;

    /// <summary>Writes one attribute, a comma after it.</summary>
    public void WriteAttribute(Utf8Buffer buffer, SandboxTable table, SandboxColumn column, in Cell cell)
    {
        buffer.Write(column.MessageKey);
        WriteValue(buffer, table, column, cell);
        buffer.Write("},"u8);
    }

    /// <summary>Writes a reference, with or without its type.</summary>
    public static void WriteReference(Utf8Buffer buffer, Guid id, ReadOnlySpan<byte> table, bool hasType)
    {
        if (hasType)
        {
            buffer.Write("{\"__type\":\"EntityReference"u8);
            buffer.Write(Contracts);
            buffer.Write("\"Id\":"u8);
        }
        else
        {
            buffer.Write("{\"Id\":"u8);
        }

        WriteQuoted(buffer, id);
        buffer.Write(",\"KeyAttributes\":[],\"LogicalName\":\""u8);
        buffer.Write(table);
        buffer.Write("\",\"Name\":null,\"RowVersion\":null}"u8);
    }

    public static void WriteQuoted(Utf8Buffer buffer, Guid id)
    {
        buffer.Write((byte)'"');
        buffer.Write(id);
        buffer.Write((byte)'"');
    }

    /// <summary>Writes a date as milliseconds since 1970, with or without the offset that marks it as local.</summary>
    public static void WriteDate(Utf8Buffer buffer, long ticks, bool hasOffset)
    {
        buffer.Write("\"\\/Date("u8);
        buffer.Write((ticks - UnixEpochTicks) / TimeSpan.TicksPerMillisecond);
        buffer.Write(hasOffset ? "+0000)\\/\""u8 : ")\\/\""u8);
    }

    private static void WriteOption(Utf8Buffer buffer, long option)
    {
        buffer.Write("{\"__type\":\"OptionSetValue"u8);
        buffer.Write(Contracts);
        buffer.Write("\"Value\":"u8);
        buffer.Write(option);
        buffer.Write((byte)'}');
    }

    private static void WriteOptions(Utf8Buffer buffer, SandboxColumn column, ulong places)
    {
        buffer.Write((byte)'[');
        for (; places != 0; places &= places - 1)
        {
            WriteOption(buffer, column.Options[BitOperations.TrailingZeroCount(places)].Value);
            buffer.Write((byte)',');
        }

        buffer.TrimComma();
        buffer.Write((byte)']');
    }

    private void WriteValue(Utf8Buffer buffer, SandboxTable table, SandboxColumn column, in Cell cell)
    {
        switch (cell.Kind)
        {
            case CellKind.Null:
                buffer.Write("null"u8);
                break;
            case CellKind.Boolean:
                buffer.Write(cell.Number != 0 ? "true"u8 : "false"u8);
                break;
            case CellKind.Integer:
                buffer.Write(cell.Number);
                break;
            case CellKind.Decimal or CellKind.Double:
                buffer.WriteScaled(cell.Number, cell.Scale);
                break;
            case CellKind.Money:
                buffer.Write("{\"__type\":\"Money"u8);
                buffer.Write(Contracts);
                buffer.Write("\"Value\":"u8);
                buffer.WriteScaled(cell.Number, cell.Scale);
                buffer.Write((byte)'}');
                break;
            case CellKind.Option:
                WriteOption(buffer, cell.Number);
                break;
            case CellKind.Instant or CellKind.WallClock or CellKind.Day:
                WriteDate(buffer, cell.Number, hasOffset: cell.Kind is not CellKind.Instant);
                break;
            case CellKind.RecordId:
                WriteQuoted(buffer, ids.IdOf(cell.Table, (uint)cell.Number));
                break;
            case CellKind.DrawnId:
                WriteQuoted(buffer, DrawnId.Of((ulong)cell.Number));
                break;
            case CellKind.Lookup:
                var id = ids.IdOf(cell.Table, (uint)cell.Number);
                WriteReference(buffer, id, ids.Utf8NameOf(cell.Table), hasType: true);
                break;
            case CellKind.Id:
                WriteQuoted(buffer, cell.Id);
                break;
            case CellKind.Reference:
                WriteReference(buffer, cell.Id, ids.Utf8NameOf(cell.Table), hasType: true);
                break;
            case CellKind.StoredText:
                buffer.WriteString(cell.Text!, escapesSlash: true);
                break;
            case CellKind.Options:
                WriteOptions(buffer, column, (ulong)cell.Number);
                break;
            default:
                buffer.Write((byte)'"');
                CellText.Compose(new MessageTextSink(buffer), table, column, cell);
                buffer.Write((byte)'"');
                break;
        }
    }
}
