using System.Text;
using System.Text.Json;
using DataExport.Dataverse.Columns;
using DataExport.Dataverse.Json;

namespace DataExport.Dataverse.Notifications;

/// <summary>
/// Reads one Entity or EntityReference of a JSON body: which record it is and, of an Entity, its columns.
/// </summary>
internal static class RecordReader
{
    /// <summary>Reads the object whose start the reader stands on, and leaves the reader on its end.</summary>
    public static ReadRecord Read(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> json, Parameters parameters, ParameterRole role)
    {
        var draft = parameters.Draft;
        draft.Begin();
        var id = Guid.Empty;
        var attributes = default(Slice);
        scoped ReadOnlySpan<byte> tableName = default;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.Is("Attributes"u8))
            {
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                ReadAttributes(ref reader, json, parameters.Expected, draft);
                attributes = new Slice(start, (int)reader.BytesConsumed - start);
            }
            else if (reader.Is("Id"u8))
            {
                reader.Read();
                id = ReadId(ref reader);
            }
            else if (reader.Is("LogicalName"u8))
            {
                reader.Read();
                tableName = ReadTableName(ref reader);
            }
            else if (reader.Is("FormattedValues"u8))
            {
                reader.Read();
                FormattedValueReader.Read(ref reader, json, draft);
            }
            else
            {
                reader.Skip();
            }
        }

        var table = tableName.IsEmpty ? parameters.Expected : Find(parameters.Tables, tableName, attributes.Of(json));
        if (table != parameters.Expected && !attributes.IsEmpty)
        {
            ReadAttributesAgain(reader, json, attributes, table, draft);
        }

        return draft.Finish(role, new RecordName(id, NameOf(tableName, table), table), reader.TokenStartIndex);
    }

    private static void ReadAttributesAgain(
        in Utf8JsonReader reader, ReadOnlySpan<byte> json, Slice attributes, ColumnIndex? table, RecordDraft draft)
    {
        var again = new Utf8JsonReader(attributes.Of(json), reader.CurrentState.Options);
        try
        {
            again.Read();
            ReadAttributes(ref again, attributes.Of(json), table, draft);
        }
        catch (JsonException fault)
        {
            throw fault.MovedBy(attributes.Start);
        }
    }

    /// <summary>No new string for a table of the catalog.</summary>
    private static string NameOf(ReadOnlySpan<byte> name, ColumnIndex? table) =>
        name.IsEmpty ? "" : table?.Table.Name ?? Encoding.UTF8.GetString(name);

    private static ColumnIndex? Find(TableCatalog tables, ReadOnlySpan<byte> name, ReadOnlySpan<byte> attributes)
    {
        if (tables.TryFind(name, out var table))
        {
            return table;
        }

        return tables.TakesAnyTable ? JsonColumnInference.Describe(name, attributes) : null;
    }

    private static Guid ReadId(ref Utf8JsonReader reader) => reader.TokenType is JsonTokenType.Null
        ? Guid.Empty
        : reader.TryGuid(out var id) ? id : throw reader.Fault("Id is no GUID");

    private static ReadOnlySpan<byte> ReadTableName(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.Null)
        {
            return default;
        }

        // No table's name has a letter that needs an escape. An empty one says as little as null.
        return reader.TokenType is JsonTokenType.String && !reader.ValueIsEscaped
            && reader.ValueSpan.Length <= JsonText.NameBytesMax
            ? reader.ValueSpan
            : throw reader.Fault("LogicalName is no table's name");
    }

    private static void ReadAttributes(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ColumnIndex? table, RecordDraft draft)
    {
        draft.ForgetAttributes();
        if (reader.TokenType is JsonTokenType.Null)
        {
            return;
        }

        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            throw reader.Fault("Attributes is no array");
        }

        draft.HasAttributes = true;
        if (table is null)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is not JsonTokenType.StartObject)
            {
                throw reader.Fault("an item of Attributes is no object");
            }

            ReadAttribute(ref reader, json, table, draft);
        }
    }

    private static void ReadAttribute(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ColumnIndex table, RecordDraft draft)
    {
        var column = default(AttributeName);
        var early = default(Slice);
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.Is("key"u8))
            {
                reader.Read();
                column = AttributeName.Read(ref reader, table);
                draft.Take(column);
            }
            else if (reader.Is("value"u8))
            {
                reader.Read();
                if (column.IsKnown)
                {
                    ReadValue(ref reader, table, column, draft);
                    continue;
                }

                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                early = new Slice(start, (int)reader.BytesConsumed - start);
            }
            else
            {
                reader.Skip();
            }
        }

        if (column.IsKnown && !early.IsEmpty)
        {
            var again = new Utf8JsonReader(early.Of(json), reader.CurrentState.Options);
            again.Read();
            ReadValue(ref again, table, column, draft);
        }
    }

    private static void ReadValue(
        ref Utf8JsonReader reader, ColumnIndex table, in AttributeName column, RecordDraft draft)
    {
        if (column.IsModifiedOn)
        {
            draft.TakeModifiedOn(reader.TryDate(out var instant) ? instant : null);
        }

        if (column.Ordinal >= 0)
        {
            draft.Take(ValueReader.TryRead(ref reader, table, column.Ordinal, draft.Values));
        }
        else
        {
            reader.Skip();
        }
    }
}
