using System.Text;
using DataExport.Dataverse.Notifications;

namespace DataExport.Dataverse.Xml;

/// <summary>Reads <c>InputParameters</c> of a body in XML.</summary>
internal static class XmlParameterReader
{
    /// <summary>Reads the element whose start the walk stands on, and leaves the walk on its end.</summary>
    public static void Read<T>(ref T tokens, Parameters parameters)
        where T : struct, IXmlTokens, allows ref struct
    {
        parameters.Forget();
        var depth = tokens.Depth;
        while (XmlWalk.NextChild(ref tokens, depth))
        {
            parameters.HasAny = true;
            ReadParameter(ref tokens, parameters, isImage: false);
        }
    }

    /// <summary>
    /// Reads the images of a record after its change, from the element whose start the walk stands on.
    /// </summary>
    public static void ReadImages<T>(ref T tokens, Parameters parameters)
        where T : struct, IXmlTokens, allows ref struct
    {
        var depth = tokens.Depth;
        while (XmlWalk.NextChild(ref tokens, depth))
        {
            ReadParameter(ref tokens, parameters, isImage: true);
        }
    }

    private static void ReadParameter<T>(ref T tokens, Parameters parameters, bool isImage)
        where T : struct, IXmlTokens, allows ref struct
    {
        var role = ParameterRole.Unknown;
        var hasEarly = false;
        var early = tokens;
        var depth = tokens.Depth;
        while (XmlWalk.NextChild(ref tokens, depth))
        {
            if (tokens.LocalName.SequenceEqual("key"u8))
            {
                role = ReadRole(ref tokens, isImage);
            }
            else if (!tokens.LocalName.SequenceEqual("value"u8))
            {
                XmlWalk.Skip(ref tokens);
            }
            else if (role is ParameterRole.Unknown)
            {
                hasEarly = true;
                early = tokens;
                XmlWalk.Skip(ref tokens);
            }
            else
            {
                ReadValue(ref tokens, role, parameters);
            }
        }

        if (hasEarly && role is not ParameterRole.Unknown)
        {
            early.Resume();
            ReadValue(ref early, role, parameters);
        }
    }

    private static ParameterRole ReadRole<T>(ref T tokens, bool isImage)
        where T : struct, IXmlTokens, allows ref struct
    {
        var key = XmlEnvelopeReader.ReadName(ref tokens, "the key of a parameter");
        return isImage ? ParameterRoles.OfImage(key) : ParameterRoles.Of(key);
    }

    private static void ReadValue<T>(ref T tokens, ParameterRole role, Parameters parameters)
        where T : struct, IXmlTokens, allows ref struct
    {
        switch (role)
        {
            case ParameterRole.Record or ParameterRole.Image when IsRecord(ref tokens):
                parameters.Add(XmlRecordReader.Read(ref tokens, parameters, role));
                break;
            case ParameterRole.Member:
                ReadRecords(ref tokens, parameters);
                break;
            case ParameterRole.Subordinate:
                if (XmlWalk.ReadScalar(ref tokens).TryGuid(out var id))
                {
                    parameters.Add(new ReadRecord { Role = role, Id = id });
                }

                break;
            case ParameterRole.Relationship:
                ReadRelationship(ref tokens, parameters);
                break;
            default:
                XmlWalk.Skip(ref tokens);
                break;
        }
    }

    /// <summary>A type that is not known may be a record's own class.</summary>
    private static bool IsRecord<T>(ref T tokens)
        where T : struct, IXmlTokens, allows ref struct =>
        !tokens.IsNil && tokens.Type is XmlValueType.Entity or XmlValueType.Reference or XmlValueType.Unknown
            or XmlValueType.None;

    /// <summary>Reads an EntityCollection, or the bare references that a collection of them is.</summary>
    private static void ReadRecords<T>(ref T tokens, Parameters parameters)
        where T : struct, IXmlTokens, allows ref struct
    {
        var depth = tokens.Depth;
        while (XmlWalk.NextChild(ref tokens, depth))
        {
            if (tokens.LocalName.SequenceEqual("Entities"u8))
            {
                ReadRecords(ref tokens, parameters);
            }
            else if (tokens.LocalName.SequenceEqual("Entity"u8) || tokens.LocalName.SequenceEqual("EntityReference"u8))
            {
                parameters.Add(XmlRecordReader.Read(ref tokens, parameters, ParameterRole.Member));
            }
            else
            {
                XmlWalk.Skip(ref tokens);
            }
        }
    }

    private static void ReadRelationship<T>(ref T tokens, Parameters parameters)
        where T : struct, IXmlTokens, allows ref struct
    {
        var depth = tokens.Depth;
        while (XmlWalk.NextChild(ref tokens, depth))
        {
            if (tokens.LocalName.SequenceEqual("SchemaName"u8))
            {
                parameters.RelationshipName =
                    Encoding.UTF8.GetString(XmlEnvelopeReader.ReadName(ref tokens, "SchemaName"));
            }
            else
            {
                XmlWalk.Skip(ref tokens);
            }
        }
    }
}
