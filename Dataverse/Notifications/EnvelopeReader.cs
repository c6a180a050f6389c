using System.Text.Json;
using DataExport.Dataverse.Columns;
using DataExport.Dataverse.Json;

namespace DataExport.Dataverse.Notifications;

/// <summary>
/// Reads the top level of a <c>RemoteExecutionContext</c>. Parent context and shared variables are passed over, and so
/// are images unless a filter needs them.
/// </summary>
internal ref struct EnvelopeReader
{
    private readonly ReadOnlySpan<byte> _json;
    private readonly TableCatalog _tables;
    private readonly DecodedNotification _result;
    private readonly Parameters _parameters;
    private Envelope _envelope;

    public EnvelopeReader(
        ReadOnlySpan<byte> json, TableCatalog tables, DecodedNotification result, Parameters parameters)
    {
        _json = json;
        _tables = tables;
        _result = result;
        _parameters = parameters;
        _envelope = new Envelope(tables, result);
    }

    /// <summary>Reads from the first brace to the end of the body.</summary>
    public Envelope Read(JsonReaderOptions options)
    {
        _parameters.Begin(_tables, LikelyTable());
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

        return _envelope;
    }

    private void ReadMember(ref Utf8JsonReader reader)
    {
        if (reader.Is("InputParameters"u8))
        {
            ReadParameters(ref reader);
        }
        else if (_parameters.TakesImages && reader.Is("PostEntityImages"u8))
        {
            ReadImages(ref reader);
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

    /// <summary>
    /// The table that stands near the end of the body, where Dataverse writes it; the parameters come long before. A
    /// guess: each record says itself of which table it is.
    /// </summary>
    private readonly ColumnIndex? LikelyTable()
    {
        var name = "\"PrimaryEntityName\":\""u8;
        var at = _json.LastIndexOf(name);
        if (at < 0)
        {
            return null;
        }

        var rest = _json[(at + name.Length)..];
        var end = rest.IndexOf((byte)'"');
        return end > 0 && _tables.TryFind(rest[..end], out var table) ? table : null;
    }

    private readonly void ReadParameters(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.StartArray)
        {
            ParameterReader.Read(ref reader, _json, _parameters);
        }
        else if (reader.TokenType is not JsonTokenType.Null)
        {
            throw reader.Fault("InputParameters is no array");
        }
    }

    private readonly void ReadImages(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.StartArray)
        {
            ParameterReader.ReadImages(ref reader, _json, _parameters);
        }
        else
        {
            reader.Skip();
        }
    }

    private void ReadMessageName(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is not JsonTokenType.String)
        {
            throw reader.Fault("MessageName is no text");
        }

        _envelope.SetMessageName(reader.Name(stackalloc byte[JsonText.NameBytesMax]));
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

        _envelope.SetPrimaryEntityName(reader.Name(stackalloc byte[JsonText.NameBytesMax]));
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
