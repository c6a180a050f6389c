using System.Text.Json;
using DataExport.Dataverse.Columns;
using DataExport.Dataverse.Json;

namespace DataExport.Dataverse.Notifications;

/// <summary>
/// Reads one Entity or EntityReference: which record it is and, of an Entity, its columns. Holds the last one read.
/// </summary>
internal sealed class RecordReader
{
    private const int BufferBytesKeptMax = 256 * 1024;
    private ColumnValuesBuilder _values = new();

    /// <summary>The table, if the catalog has it.</summary>
    public ColumnIndex? Table { get; private set; }

    /// <summary>The record, or the empty GUID when the object does not tell.</summary>
    public Guid Id { get; private set; }

    /// <summary>Whether the object had attributes, which a reference has not.</summary>
    public bool HasAttributes { get; private set; }

    /// <summary>Whether every column of the table that came along fitted its type.</summary>
    public bool IsDecodable { get; private set; }

    /// <summary>The attribute <c>modifiedon</c> in whole seconds, if there is a usable one.</summary>
    public DateTime? ModifiedOn { get; private set; }

    /// <summary>
    /// Reads the object whose start the reader stands on. <paramref name="expected"/> is the table that it is likely
    /// of: the object says so only after its attributes, and those are read at once if that is right.
    /// </summary>
    public void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, TableCatalog tables, ColumnIndex? expected)
    {
        Reset(expected);
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
                Id = ReadId(ref reader);
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

        Table = tableName.IsEmpty ? expected : Find(tables, tableName, attributes.Of(json));
        if (Table is not null && Table != expected && !attributes.IsEmpty)
        {
            var slice = attributes.Of(json);
            var again = new Utf8JsonReader(slice, reader.CurrentState.Options);
            again.Read();
            ReadAttributes(ref again, slice, Table);
        }
    }

    /// <summary>The columns of the last record read. To be taken once.</summary>
    public ColumnValues TakeColumns()
    {
        var columns = _values.Build(Table!.Layout);
        if (columns.EncodedBytes > BufferBytesKeptMax)
        {
            // One large record must not make every later decode carry its buffer.
            _values = new ColumnValuesBuilder();
        }

        return columns;
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

    private void Reset(ColumnIndex? expected)
    {
        Table = expected;
        Id = Guid.Empty;
        HasAttributes = false;
        ForgetAttributes();
    }

    private void ForgetAttributes()
    {
        IsDecodable = true;
        ModifiedOn = null;
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

        HasAttributes = true;
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
            ModifiedOn = reader.TryDate(out var instant) ? ValueReader.WholeSeconds(instant) : null;
        }

        if (column.Ordinal >= 0)
        {
            IsDecodable &= ValueReader.TryRead(ref reader, table, column.Ordinal, _values);
        }
        else
        {
            reader.Skip();
        }
    }
}
