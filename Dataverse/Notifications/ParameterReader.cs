using System.Text.Json;
using DataExport.Dataverse.Json;

namespace DataExport.Dataverse.Notifications;

/// <summary>Reads <c>InputParameters</c> of a JSON body.</summary>
internal static class ParameterReader
{
    /// <summary>Reads the array whose start the reader stands on.</summary>
    public static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, Parameters parameters)
    {
        parameters.Forget();
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is not JsonTokenType.StartObject)
            {
                throw reader.Fault("an item of InputParameters is no object");
            }

            parameters.HasAny = true;
            ReadParameter(ref reader, json, parameters, isImage: false);
        }
    }

    /// <summary>
    /// Reads the images of a record after its change, from the array whose start the reader stands on.
    /// </summary>
    public static void ReadImages(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, Parameters parameters)
    {
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is not JsonTokenType.StartObject)
            {
                throw reader.Fault("an item of PostEntityImages is no object");
            }

            ReadParameter(ref reader, json, parameters, isImage: true);
        }
    }

    private static void ReadParameter(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> json, Parameters parameters, bool isImage)
    {
        var role = ParameterRole.Unknown;
        var early = default(Slice);
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.Is("key"u8))
            {
                reader.Read();
                role = RoleOf(ref reader, isImage);
            }
            else if (reader.Is("value"u8))
            {
                reader.Read();
                if (role is not ParameterRole.Unknown)
                {
                    ReadValue(ref reader, json, role, parameters);
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
            ReadEarlyValue(reader, early.Of(json), role, parameters, early.Start);
        }
    }

    /// <summary>Reads a value that came before its key.</summary>
    private static void ReadEarlyValue(
        in Utf8JsonReader reader, ReadOnlySpan<byte> value, ParameterRole role, Parameters parameters, int start)
    {
        var again = new Utf8JsonReader(value, reader.CurrentState.Options);
        try
        {
            again.Read();
            ReadValue(ref again, value, role, parameters);
        }
        catch (JsonException fault)
        {
            throw fault.MovedBy(start);
        }
    }

    private static ParameterRole RoleOf(ref Utf8JsonReader reader, bool isImage)
    {
        if (reader.TokenType is not JsonTokenType.String)
        {
            throw reader.Fault("the key of a parameter is no text");
        }

        var key = reader.Plain(stackalloc byte[JsonText.NameBytesMax]);
        return isImage ? ParameterRoles.OfImage(key) : ParameterRoles.Of(key);
    }

    private static void ReadValue(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ParameterRole role, Parameters parameters)
    {
        switch (role)
        {
            case ParameterRole.Record or ParameterRole.Image when reader.TokenType is JsonTokenType.StartObject:
                parameters.Add(RecordReader.Read(ref reader, json, parameters, role));
                break;
            case ParameterRole.Member:
                ReadRecords(ref reader, json, parameters);
                break;
            case ParameterRole.Subordinate when reader.TryGuid(out var id):
                parameters.Add(new ReadRecord { Role = role, Id = id });
                break;
            case ParameterRole.Relationship when reader.TokenType is JsonTokenType.StartObject:
                ReadRelationship(ref reader, parameters);
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private static void ReadRelationship(ref Utf8JsonReader reader, Parameters parameters)
    {
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var isName = reader.Is("SchemaName"u8);
            reader.Read();
            if (isName && reader.TokenType is JsonTokenType.String)
            {
                parameters.RelationshipName = reader.ShortString();
            }

            reader.Skip();
        }
    }

    /// <summary>Reads an EntityCollection, or the bare array that a collection of references is.</summary>
    private static void ReadRecords(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, Parameters parameters)
    {
        if (reader.TokenType is JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                var isEntities = reader.Is("Entities"u8);
                reader.Read();
                if (isEntities && reader.TokenType is JsonTokenType.StartArray)
                {
                    ReadMembers(ref reader, json, parameters);
                }

                reader.Skip();
            }
        }
        else if (reader.TokenType is JsonTokenType.StartArray)
        {
            ReadMembers(ref reader, json, parameters);
        }
    }

    private static void ReadMembers(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, Parameters parameters)
    {
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is JsonTokenType.StartObject)
            {
                parameters.Add(RecordReader.Read(ref reader, json, parameters, ParameterRole.Member));
            }
            else
            {
                reader.Skip();
            }
        }
    }
}
