using DataExport.Dataverse.Columns;
using DataExport.Dataverse.Json;
using DataExport.Dataverse.Notifications;

namespace DataExport.Dataverse.Xml;

/// <summary>
/// Reads the top level of a <c>RemoteExecutionContext</c> in XML. Elements are known by their local names; parent
/// context and shared variables are passed over, and so are images unless a filter needs them.
/// </summary>
internal static class XmlEnvelopeReader
{
    /// <summary>Reads the whole body.</summary>
    public static Envelope Read<T>(
        ref T tokens, TableCatalog tables, DecodedNotification result, Parameters parameters)
        where T : struct, IXmlTokens, allows ref struct
    {
        var guess = tokens.GuessLast("PrimaryEntityName"u8);
        parameters.Begin(tables, !guess.IsEmpty && tables.TryFind(guess, out var likely) ? likely : null);
        var envelope = new Envelope(tables, result);
        _ = tokens.Read();
        if (!tokens.LocalName.SequenceEqual("RemoteExecutionContext"u8))
        {
            throw XmlWalk.Fault(ref tokens, "the body is no RemoteExecutionContext");
        }

        var depth = tokens.Depth;
        while (XmlWalk.NextChild(ref tokens, depth))
        {
            ReadMember(ref tokens, ref envelope, result, parameters);
        }

        // Reads on to the end: anything after the element is a fault.
        _ = tokens.Read();
        return result.MessageName.Length > 0
            ? envelope
            : throw XmlWalk.Fault(ref tokens, "MessageName is missing");
    }

    private static void ReadMember<T>(
        ref T tokens, ref Envelope envelope, DecodedNotification result, Parameters parameters)
        where T : struct, IXmlTokens, allows ref struct
    {
        var name = tokens.LocalName;
        if (name.SequenceEqual("InputParameters"u8))
        {
            XmlParameterReader.Read(ref tokens, parameters);
        }
        else if (parameters.TakesImages && name.SequenceEqual("PostEntityImages"u8))
        {
            XmlParameterReader.ReadImages(ref tokens, parameters);
        }
        else if (name.SequenceEqual("MessageName"u8))
        {
            envelope.SetMessageName(ReadName(ref tokens, "MessageName", isRequired: true));
        }
        else if (name.SequenceEqual("OperationCreatedOn"u8))
        {
            result.OperationCreatedOn = XmlWalk.ReadScalar(ref tokens).TryDate(out var instant) ? instant : null;
        }
        else if (name.SequenceEqual("OperationId"u8))
        {
            result.OperationId = ReadGuid(ref tokens, "OperationId");
        }
        else if (name.SequenceEqual("OrganizationId"u8))
        {
            result.OrganizationId = ReadGuid(ref tokens, "OrganizationId");
        }
        else if (name.SequenceEqual("PrimaryEntityId"u8))
        {
            result.PrimaryEntityId = ReadGuid(ref tokens, "PrimaryEntityId");
        }
        else if (name.SequenceEqual("PrimaryEntityName"u8))
        {
            var table = ReadName(ref tokens, "PrimaryEntityName");
            if (!table.IsEmpty)
            {
                envelope.SetPrimaryEntityName(table);
            }
        }
        else
        {
            XmlWalk.Skip(ref tokens);
        }
    }

    /// <summary>
    /// The GUID of the element that the walk stands on; the empty one where it is nil or has no text.
    /// </summary>
    public static Guid ReadGuid<T>(ref T tokens, string name)
        where T : struct, IXmlTokens, allows ref struct
    {
        var position = tokens.Position;
        var scalar = XmlWalk.ReadScalar(ref tokens);
        return scalar.TryGuid(out var value) ? value
            : scalar.Kind is XmlScalarKind.Empty ? Guid.Empty
            : throw new DecodeException(position, $"{name} is no GUID");
    }

    /// <summary>
    /// The text of the element that the walk stands on, which is a short name; empty where it is nil.
    /// </summary>
    public static ReadOnlySpan<byte> ReadName<T>(ref T tokens, string name, bool isRequired = false)
        where T : struct, IXmlTokens, allows ref struct
    {
        var position = tokens.Position;
        var scalar = XmlWalk.ReadScalar(ref tokens);
        if (!scalar.TryText(tokens.Buffers.Scratch, out var text) || (isRequired && text.IsEmpty))
        {
            throw new DecodeException(position, $"{name} is no text");
        }

        return text.Length <= JsonText.NameBytesMax
            ? text
            : throw new DecodeException(position, $"a name is longer than {JsonText.NameBytesMax} bytes");
    }
}
