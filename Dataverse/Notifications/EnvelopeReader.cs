using System.Text.Json;
using DataExport.Dataverse.Columns;
using DataExport.Dataverse.Json;

namespace DataExport.Dataverse.Notifications;

/// <summary>
/// Reads the top level of a <c>RemoteExecutionContext</c>. <c>InputParameters</c> comes before the members that say
/// what it means, so it is only located here; parent context, images and shared variables are passed over.
/// </summary>
internal ref struct EnvelopeReader
{
    private readonly ReadOnlySpan<byte> _json;
    private readonly TableCatalog _tables;
    private readonly DecodedNotification _result;

    public EnvelopeReader(ReadOnlySpan<byte> json, TableCatalog tables, DecodedNotification result)
    {
        _json = json;
        _tables = tables;
        _result = result;
    }

    public MessageKind Kind { get; private set; }

    /// <summary>The table of <c>PrimaryEntityName</c>, if the catalog has it.</summary>
    public ColumnIndex? PrimaryTable { get; private set; }

    /// <summary>Where the array <c>InputParameters</c> is; empty when it is missing or null.</summary>
    public Slice InputParameters { get; private set; }

    /// <summary>Reads from the first brace to the end of the body.</summary>
    public void Read(JsonReaderOptions options)
    {
        var reader = new Utf8JsonReader(_json, options);
        reader.Read();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            ReadMember(ref reader);
        }

        // Reads on to the end: anything after the object is a fault.
        reader.Read();
        if (_result.MessageName.Length == 0)
        {
            throw reader.Fault("MessageName is missing");
        }
    }

    private void ReadMember(ref Utf8JsonReader reader)
    {
        if (reader.Is("InputParameters"u8))
        {
            InputParameters = Locate(ref reader);
        }
        else if (reader.Is("MessageName"u8))
        {
            ReadMessageName(ref reader);
        }
        else if (reader.Is("OperationCreatedOn"u8))
        {
            _result.OperationCreatedOn = ReadDate(ref reader);
        }
        else if (reader.Is("OperationId"u8))
        {
            _result.OperationId = ReadGuid(ref reader, "OperationId");
        }
        else if (reader.Is("OrganizationId"u8))
        {
            _result.OrganizationId = ReadGuid(ref reader, "OrganizationId");
        }
        else if (reader.Is("PrimaryEntityId"u8))
        {
            _result.PrimaryEntityId = ReadGuid(ref reader, "PrimaryEntityId");
        }
        else if (reader.Is("PrimaryEntityName"u8))
        {
            ReadPrimaryEntityName(ref reader);
        }
        else
        {
            reader.Skip();
        }
    }

    private static Slice Locate(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.Null)
        {
            return default;
        }

        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            throw reader.Fault("InputParameters is no array");
        }

        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return new Slice(start, (int)reader.BytesConsumed - start);
    }

    private void ReadMessageName(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is not JsonTokenType.String)
        {
            throw reader.Fault("MessageName is no text");
        }

        (Kind, _result.MessageName) = MessageKinds.Read(ref reader);
    }

    private void ReadPrimaryEntityName(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.Null)
        {
            return;
        }

        if (reader.TokenType is not JsonTokenType.String)
        {
            throw reader.Fault("PrimaryEntityName is no text");
        }

        if (reader.Is("none"u8))
        {
            (_result.PrimaryEntityName, PrimaryTable) = ("none", null);
            return;
        }

        var name = reader.Plain(stackalloc byte[JsonText.NameBytesMax]);
        PrimaryTable = _tables.TryFind(name, out var table) ? table : null;
        _result.PrimaryEntityName = PrimaryTable?.Table.Name ?? reader.ShortString();
        if (_tables.TakesAnyTable && _result.PrimaryEntityName.Length > 0)
        {
            PrimaryTable = ColumnInference.Describe(name, default);
        }
    }

    private static DateTime? ReadDate(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null))
        {
            throw reader.Fault("OperationCreatedOn is no date");
        }

        return reader.TryDate(out var value) ? value : null;
    }

    private static Guid ReadGuid(ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.Null)
        {
            return Guid.Empty;
        }

        return reader.TryGuid(out var value) ? value : throw reader.Fault($"{name} is no GUID");
    }
}
