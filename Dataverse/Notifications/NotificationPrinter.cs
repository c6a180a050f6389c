using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using DataExport.Dataverse.Columns;

namespace DataExport.Dataverse.Notifications;

/// <summary>
/// Prints what a notification says, one line of JSON a change: <c>table</c>, <c>id</c>, <c>setColumn</c> where that is
/// the id of a set, <c>kind</c> (create, update, delete, touched), <c>reason</c> of a touched one, <c>modifiedOn</c>,
/// <c>operationId</c>, <c>organizationId</c>, <c>message</c>, <c>relationship</c> of an association, <c>columns</c>,
/// and
/// <c>mojibake</c>: the names of the columns whose text is wrongly encoded, if there are any. Instants are UTC, ids
/// lower case, numbers have the scale they came with, a lookup is an object of <c>id</c> and <c>table</c>.
/// </summary>
/// <remarks>
/// A message prints the same from JSON, XML and binary XML. Without a catalog JSON is the measure, because it tells
/// least: GUIDs are printed as the text that JSON has, whole numbers, decimals and doubles as numbers alike, dates as
/// instants, and columns that JSON shows as plain objects or arrays of bytes are left out, whatever the other formats
/// tell of them.
/// </remarks>
public sealed class NotificationPrinter
{
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        // A person reads it, in a terminal.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly NotificationDecoder _decoder;
    private readonly TableCatalog _tables;
    private readonly DecodedNotification _decoded = new();
    private readonly ArrayBufferWriter<byte> _line = new();

    /// <summary>Prints by the tables of a catalog; without one, by what JSON would tell of each value.</summary>
    public NotificationPrinter(TableCatalog? tables = null, NotificationDecoderOptions? options = null)
    {
        _tables = tables ?? TableCatalog.Untyped;
        _decoder = new NotificationDecoder(options);
    }

    /// <summary>
    /// Gives the lines for one body: none when it is no change of a record. Or says in <paramref name="fault"/> what
    /// is wrong.
    /// </summary>
    public bool TryPrint(in NotificationBody body, out IReadOnlyList<string> lines, out DecodeFault fault)
    {
        if (!_decoder.TryDecode(body, _tables, _decoded, out fault))
        {
            lines = [];
            return false;
        }

        var printed = new string[_decoded.Changes.Count];
        for (var index = 0; index < printed.Length; index++)
        {
            printed[index] = Print(_decoded.Changes[index], _decoded.Tables[index], _decoded.MojibakeOf(index));
        }

        lines = printed;
        return true;
    }

    private string Print(RecordChange change, TableDefinition table, IReadOnlyList<string> mojibake)
    {
        _line.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(_line, WriterOptions))
        {
            writer.WriteStartObject();
            WriteKey(writer, change);
            WriteInstant(writer, "modifiedOn", change.ModifiedOn);
            writer.WriteString("message", _decoded.MessageName);
            if (_decoded.RelationshipName is { } relationship)
            {
                writer.WriteString("relationship", relationship);
            }

            writer.WriteString("operationId", _decoded.OperationId);
            writer.WriteString("organizationId", _decoded.OrganizationId);
            writer.WriteStartObject("columns");
            WriteColumns(writer, change.Columns, table);
            writer.WriteEndObject();
            WriteMojibake(writer, mojibake);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(_line.WrittenSpan);
    }

    private static void WriteKey(Utf8JsonWriter writer, RecordChange change)
    {
        writer.WriteString("table", change.Key.Table);
        writer.WriteString("id", change.Key.RecordId);
        if (change.Key.SetColumn is { } column)
        {
            writer.WriteString("setColumn", column);
        }

        writer.WriteString("kind", NameOf(change.Kind));
        if (change.Kind is ChangeKind.Touched)
        {
            writer.WriteString("reason", change.Reason.ToString());
        }
    }

    /// <summary>Names only: the text itself stands in the columns.</summary>
    private static void WriteMojibake(Utf8JsonWriter writer, IReadOnlyList<string> columns)
    {
        if (columns.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("mojibake");
        foreach (var column in columns)
        {
            writer.WriteStringValue(column);
        }

        writer.WriteEndArray();
    }

    private static string NameOf(ChangeKind kind) => kind switch
    {
        ChangeKind.Create => "create",
        ChangeKind.Update => "update",
        ChangeKind.Delete => "delete",
        _ => "touched",
    };

    private static void WriteColumns(Utf8JsonWriter writer, ColumnValues? columns, TableDefinition table)
    {
        if (columns is null)
        {
            return;
        }

        foreach (var value in columns)
        {
            var column = table.Columns[value.Ordinal];
            writer.WritePropertyName(column.Name);
            WriteValue(writer, value, column.Type);
        }
    }

    private static void WriteValue(Utf8JsonWriter writer, ColumnValue value, ColumnType type)
    {
        switch (value.Kind)
        {
            case ColumnValueKind.Null:
                writer.WriteNullValue();
                break;
            case ColumnValueKind.Boolean:
                writer.WriteBooleanValue(value.Boolean);
                break;
            case ColumnValueKind.Integer:
                writer.WriteNumberValue(value.Integer);
                break;
            case ColumnValueKind.Decimal:
                writer.WriteNumberValue(value.Decimal);
                break;
            case ColumnValueKind.Double:
                writer.WriteNumberValue(value.Double);
                break;
            case ColumnValueKind.Instant:
                writer.WriteStringValue(type is ColumnType.DateOnly ? DateOf(value.Instant) : InstantOf(value.Instant));
                break;
            case ColumnValueKind.Guid:
                writer.WriteStringValue(value.Guid);
                break;
            case ColumnValueKind.Text:
                writer.WriteStringValue(value.Utf8);
                break;
            case ColumnValueKind.Lookup:
                writer.WriteStartObject();
                writer.WriteString("id", value.Guid);
                writer.WriteString("table", value.LookupTable);
                writer.WriteEndObject();
                break;
            default:
                throw new InvalidOperationException($"Value kind {value.Kind} has no printed form.");
        }
    }

    private static void WriteInstant(Utf8JsonWriter writer, string name, DateTime? instant)
    {
        if (instant is { } value)
        {
            writer.WriteString(name, InstantOf(value));
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    private static string DateOf(DateTime day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>With a fraction of a second only where there is one.</summary>
    private static string InstantOf(DateTime instant) =>
        instant.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture) + "Z";
}
