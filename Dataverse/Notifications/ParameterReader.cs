using System.Text.Json;
using DataExport.Dataverse.Columns;
using DataExport.Dataverse.Json;

namespace DataExport.Dataverse.Notifications;

/// <summary>
/// Reads <c>InputParameters</c>: the records that it names, and their columns. What they mean is known only when the
/// whole body is read.
/// </summary>
internal sealed class ParameterReader
{
    private readonly RecordReader _reader = new();
    private readonly List<ReadRecord> _records = [];
    private TableCatalog _tables = TableCatalog.Untyped;
    private ColumnIndex? _expected;

    /// <summary>The records of the last read.</summary>
    public IReadOnlyList<ReadRecord> Records => _records;

    /// <summary>Whether the last read found any parameter.</summary>
    public bool HasParameters { get; private set; }

    /// <summary>Forgets the body before.</summary>
    public void Begin(TableCatalog tables, ColumnIndex? expected)
    {
        (_tables, _expected, HasParameters) = (tables, expected, false);
        _records.Clear();
    }

    /// <summary>Reads the array whose start the reader stands on.</summary>
    public void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        Begin(_tables, _expected);
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is not JsonTokenType.StartObject)
            {
                throw reader.Fault("an item of InputParameters is no object");
            }

            HasParameters = true;
            ReadParameter(ref reader, json);
        }
    }

    private void ReadParameter(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var role = ParameterRole.Unknown;
        var early = default(Slice);
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.Is("key"u8))
            {
                reader.Read();
                role = RoleOf(ref reader);
            }
            else if (reader.Is("value"u8))
            {
                reader.Read();
                if (role is not ParameterRole.Unknown)
                {
                    ReadValue(ref reader, json, role);
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

        if (!early.IsEmpty)
        {
            ReadEarlyValue(reader, json, early, role);
        }
    }

    /// <summary>Reads a value that came before its key.</summary>
    private void ReadEarlyValue(in Utf8JsonReader reader, ReadOnlySpan<byte> json, Slice value, ParameterRole role)
    {
        var again = new Utf8JsonReader(value.Of(json), reader.CurrentState.Options);
        try
        {
            again.Read();
            ReadValue(ref again, value.Of(json), role);
        }
        catch (JsonException fault)
        {
            throw fault.MovedBy(value.Start);
        }
    }

    private static ParameterRole RoleOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not JsonTokenType.String)
        {
            throw reader.Fault("the key of a parameter is no text");
        }

        return reader.Is("Target"u8) || reader.Is("EntityMoniker"u8) ? ParameterRole.Record
            : reader.Is("Targets"u8) ? ParameterRole.Member
            : reader.Is("SubordinateId"u8) ? ParameterRole.Subordinate
            : ParameterRole.Nothing;
    }

    private void ReadValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ParameterRole role)
    {
        switch (role)
        {
            case ParameterRole.Record when reader.TokenType is JsonTokenType.StartObject:
                ReadRecord(ref reader, json, role);
                break;
            case ParameterRole.Member:
                ReadRecords(ref reader, json);
                break;
            case ParameterRole.Subordinate when reader.TryGuid(out var id):
                _records.Add(new ReadRecord { Role = role, Id = id });
                break;
            default:
                reader.Skip();
                break;
        }
    }

    /// <summary>Reads an EntityCollection, or the bare array that a collection of references is.</summary>
    private void ReadRecords(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        if (reader.TokenType is JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                var isEntities = reader.Is("Entities"u8);
                reader.Read();
                if (isEntities && reader.TokenType is JsonTokenType.StartArray)
                {
                    ReadMembers(ref reader, json);
                }

                reader.Skip();
            }
        }
        else if (reader.TokenType is JsonTokenType.StartArray)
        {
            ReadMembers(ref reader, json);
        }
    }

    private void ReadMembers(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is JsonTokenType.StartObject)
            {
                ReadRecord(ref reader, json, ParameterRole.Member);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void ReadRecord(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ParameterRole role) =>
        _records.Add(_reader.Read(ref reader, json, _tables, _expected, role));
}
