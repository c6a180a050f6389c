using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace DataExport.Sandbox;

/// <summary>Nothing but headers: what a write is answered with.</summary>
internal sealed class NoContentAnswer : ApiAnswer
{
    public override int Status => 204;

    public override bool WriteSome(IBufferWriter<byte> output) => false;
}

/// <summary>Writes rows of registration tables.</summary>
internal static class ComponentAnswer
{
    /// <summary>What a new row begins with.</summary>
    public static ImmutableDictionary<string, object> Fresh(ComponentTable table)
    {
        var none = ImmutableDictionary.Create<string, object>();
        return table == ComponentTables.Steps
            ? none.Add("statecode", 0L).Add("statuscode", 1L).Add("asyncautodelete", false)
            : none;
    }

    /// <summary>One row.</summary>
    public static ApiAnswer Of(ComponentTable table, Component row, ApiRequest request)
    {
        var columns = Selected(table, request);
        var context = $"{request.BaseAddress}$metadata#{table.SetName}{Names(columns)}/$entity";
        return new JsonAnswer(200, writer => WriteRow(writer, table, row, (columns, context)));
    }

    /// <summary>Some rows, of which <c>$top</c> are shown and <c>$count</c> counts all.</summary>
    public static ApiAnswer Of(ComponentTable table, IReadOnlyList<Component> rows, ApiRequest request)
    {
        var columns = Selected(table, request);
        var top = request.Option("$top") is { } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : int.MaxValue;
        return new JsonAnswer(200, Write);

        void Write(Utf8JsonWriter writer)
        {
            writer.WriteStartObject();
            writer.WriteString(
                "@odata.context", $"{request.BaseAddress}$metadata#{table.SetName}{Names(columns)}");
            if (request.Option("$count") is "true")
            {
                writer.WriteNumber("@odata.count", rows.Count);
            }

            writer.WriteStartArray("value");
            foreach (var row in rows.Take(top))
            {
                WriteRow(writer, table, row, (columns, null));
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }
    }

    private static ComponentColumn[] Selected(ComponentTable table, ApiRequest request)
    {
        string[] names = request.Select();
        if (names.Length == 0)
        {
            return [.. table.Columns.Where(static column => !column.IsWriteOnly)];
        }

        return
        [
            .. names.Where(name => name != table.IdColumn).Select(name =>
                table.Column(name) is { IsWriteOnly: false } column
                    ? column
                    : throw ComponentFilter.NoProperty(table, name)),
        ];
    }

    private static string Names(ComponentColumn[] columns) =>
        $"({string.Join(',', columns.Select(static column => column.Name))})";

    private static void WriteRow(
        Utf8JsonWriter writer,
        ComponentTable table,
        Component row,
        (ComponentColumn[] Columns, string? Context) shape)
    {
        writer.WriteStartObject();
        if (shape.Context is { } context)
        {
            writer.WriteString("@odata.context", context);
        }

        writer.WriteString("@odata.etag", string.Create(CultureInfo.InvariantCulture, $"W/\"{row.Version}\""));
        writer.WriteString(table.IdColumn, row.Id);
        foreach (var column in shape.Columns)
        {
            WriteValue(
                writer, column.Name, column.Name is "issaskeyset" ? row.Text("saskey") is not null : row[column.Name]);
        }

        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, string name, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNull(name);
                break;
            case string text:
                writer.WriteString(name, text);
                break;
            case bool flag:
                writer.WriteBoolean(name, flag);
                break;
            case Guid id:
                writer.WriteString(name, id);
                break;
            case DateTime time:
                writer.WriteString(name, time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
                break;
            default:
                writer.WriteNumber(name, (long)value);
                break;
        }
    }
}
