using System.Text.Json;
using DataExport.Dataverse.Columns;
using DataExport.Dataverse.Json;

namespace DataExport.Dataverse.Notifications;

/// <summary>Reads one Entity or EntityReference: which record it is and, of an Entity, its columns.</summary>
internal sealed class RecordReader
{
    private const int BufferBytesKeptMax = 256 * 1024;
    private ColumnValuesBuilder _values = new();

    private bool _hasAttributes;
    private bool _isDecodable;
    private DateTime? _modifiedOn;

    /// <summary>Reads the object whose start the reader stands on, and leaves the reader on its end.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="json">What the reader reads.</param>
    /// <param name="tables">The catalog.</param>
    /// <param name="expected">
    /// The table that the record is likely of: it says so only after its attributes, and those are read at once if
    /// this is right, and once more if not.
    /// </param>
    /// <param name="role">Which parameter it stands in.</param>
    public ReadRecord Read(
        ref Utf8JsonReader reader,
        ReadOnlySpan<byte> json,
        TableCatalog tables,
        ColumnIndex? expected,
        ParameterRole role)
    {
        ForgetAttributes();
        var id = Guid.Empty;
        var attributes = default(Slice);
        scoped ReadOnlySpan<byte> tableName = default;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.Is("Attributes"u8))
            {
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                ReadAttributes(ref reader, json, expected);
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
            else
            {
                reader.Skip();
            }
        }

        var table = tableName.IsEmpty ? expected : Find(tables, tableName, attributes.Of(json));
        if (table != expected && !attributes.IsEmpty)
        {
            ReadAttributesAgain(reader, json, attributes, table);
        }

        return new ReadRecord
        {
            Role = role,
            NamesTable = !tableName.IsEmpty,
            Table = table,
            Id = id,
            HasAttributes = _hasAttributes,
            Columns = _hasAttributes && _isDecodable && table is not null ? TakeColumns(table) : null,
            ModifiedOn = _modifiedOn,
            Position = reader.TokenStartIndex,
        };
    }

    private ColumnValues TakeColumns(ColumnIndex table)
    {
        var columns = _values.Build(table.Layout);
        if (columns.EncodedBytes > BufferBytesKeptMax)
        {
            // One large record must not make every later decode carry its buffer.
            _values = new ColumnValuesBuilder();
        }

        return columns;
    }

    private void ReadAttributesAgain(
        in Utf8JsonReader reader, ReadOnlySpan<byte> json, Slice attributes, ColumnIndex? table)
    {
        var again = new Utf8JsonReader(attributes.Of(json), reader.CurrentState.Options);
        try
        {
            again.Read();
            ReadAttributes(ref again, attributes.Of(json), table);
        }
        catch (JsonException fault)
        {
            throw fault.MovedBy(attributes.Start);
        }
    }

    private static ColumnIndex? Find(TableCatalog tables, ReadOnlySpan<byte> name, ReadOnlySpan<byte> attributes)
    {
        if (tables.TryFind(name, out var table))
        {
            return table;
        }

        return tables.TakesAnyTable ? ColumnInference.Describe(name, attributes) : null;
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

        // No table's name has a letter that needs an escape.
        return reader.TokenType is JsonTokenType.String && !reader.ValueIsEscaped
            && reader.ValueSpan.Length is > 0 and <= JsonText.NameBytesMax
            ? reader.ValueSpan
            : throw reader.Fault("LogicalName is no table's name");
    }

    private void ForgetAttributes()
    {
        _hasAttributes = false;
        _isDecodable = true;
        _modifiedOn = null;
        _values.Clear();
    }

    private void ReadAttributes(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ColumnIndex? table)
    {
        ForgetAttributes();
        if (reader.TokenType is JsonTokenType.Null)
        {
            return;
        }

        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            throw reader.Fault("Attributes is no array");
        }

        _hasAttributes = true;
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

            ReadAttribute(ref reader, json, table);
        }
    }

    private void ReadAttribute(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ColumnIndex table)
    {
        var column = default(AttributeName);
        var early = default(Slice);
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.Is("key"u8))
            {
                reader.Read();
                column = AttributeName.Read(ref reader, table);
            }
            else if (reader.Is("value"u8))
            {
                reader.Read();
                if (column.IsKnown)
                {
                    ReadValue(ref reader, table, column);
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
            ReadValue(ref again, table, column);
        }
    }

    private void ReadValue(ref Utf8JsonReader reader, ColumnIndex table, AttributeName column)
    {
        if (column.IsModifiedOn)
        {
            _modifiedOn = reader.TryDate(out var instant) ? ValueReader.WholeSeconds(instant) : null;
        }

        if (column.Ordinal >= 0)
        {
            _isDecodable &= ValueReader.TryRead(ref reader, table, column.Ordinal, _values);
        }
        else
        {
            reader.Skip();
        }
    }
}
