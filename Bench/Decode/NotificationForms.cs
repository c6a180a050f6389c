using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;

namespace DataExport.Bench.Decode;

/// <summary>
/// Writes a notification that is there in JSON as .NET's data-contract serializer would write the same in XML and in
/// binary XML. JSON has lost types: a GUID is taken for one, a whole number for an int or long, any other for a
/// decimal.
/// </summary>
internal static class NotificationForms
{
    private const string Contracts = "http://schemas.microsoft.com/xrm/2011/Contracts";
    private const string Contracts9 = "http://schemas.microsoft.com/xrm/9.0/Contracts";
    private const string Generic = "http://schemas.datacontract.org/2004/07/System.Collections.Generic";
    private const string Instance = "http://www.w3.org/2001/XMLSchema-instance";
    private const string Schema = "http://www.w3.org/2001/XMLSchema";
    private const string Serialization = "http://schemas.microsoft.com/2003/10/Serialization/";

    /// <summary>The notification as text XML.</summary>
    public static byte[] Xml(string json) => Write(json, stream => XmlDictionaryWriter.CreateTextWriter(
        stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), ownsStream: false));

    /// <summary>The notification as .NET binary XML without a dictionary.</summary>
    public static byte[] BinaryXml(string json) => Write(json, stream => XmlDictionaryWriter.CreateBinaryWriter(
        stream, dictionary: null, session: null, ownsStream: false));

    private static byte[] Write(string json, Func<Stream, XmlDictionaryWriter> create)
    {
        using var document = JsonDocument.Parse(json);
        using var stream = new MemoryStream();
        using (var writer = create(stream))
        {
            writer.WriteStartElement("RemoteExecutionContext", Contracts);
            writer.WriteXmlnsAttribute("i", Instance);
            WriteMembers(writer, document.RootElement);
            writer.WriteEndElement();
        }

        return stream.ToArray();
    }

    private static void WriteMembers(XmlDictionaryWriter writer, JsonElement value)
    {
        foreach (var member in value.EnumerateObject().Where(static member => member.Name != "__type"))
        {
            writer.WriteStartElement(member.Name, Contracts);
            WriteContent(writer, member.Value);
            writer.WriteEndElement();
        }
    }

    /// <summary>Writes a member whose type the contract tells.</summary>
    private static void WriteContent(XmlDictionaryWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                WriteItems(writer, value);
                break;
            case JsonValueKind.Object:
                WriteMembers(writer, value);
                break;
            case JsonValueKind.String when TryDate(value.GetString()!, out var date):
                writer.WriteValue(date);
                break;
            case JsonValueKind.String:
                writer.WriteString(value.GetString());
                break;
            default:
                WriteScalar(writer, value);
                break;
        }
    }

    private static void WriteItems(XmlDictionaryWriter writer, JsonElement items)
    {
        foreach (var item in items.EnumerateArray())
        {
            var isPair = item.TryGetProperty("key", out _) || item.TryGetProperty("value", out _);
            var name = isPair ? "KeyValuePairOfstringanyType"
                : item.TryGetProperty("Attributes", out _) ? "Entity"
                : "EntityReference";
            writer.WriteStartElement(name, Contracts);
            if (isPair)
            {
                WritePair(writer, item);
            }
            else
            {
                WriteMembers(writer, item);
            }

            writer.WriteEndElement();
        }
    }

    private static void WritePair(XmlDictionaryWriter writer, JsonElement pair)
    {
        foreach (var member in pair.EnumerateObject())
        {
            writer.WriteStartElement("b", member.Name, Generic);
            if (member.Name == "value")
            {
                WriteTyped(writer, member.Value);
            }
            else
            {
                WriteContent(writer, member.Value);
            }

            writer.WriteEndElement();
        }
    }

    /// <summary>Writes a value of any type, and which one it is.</summary>
    private static void WriteTyped(XmlDictionaryWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String when TryDate(value.GetString()!, out var date):
                WriteType(writer, Schema, "dateTime");
                writer.WriteValue(date);
                break;
            case JsonValueKind.String:
                var isGuid = Guid.TryParseExact(value.GetString(), "D", out _);
                WriteType(writer, isGuid ? Serialization : Schema, isGuid ? "guid" : "string");
                writer.WriteString(value.GetString());
                break;
            case JsonValueKind.True or JsonValueKind.False:
                WriteType(writer, Schema, "boolean");
                WriteScalar(writer, value);
                break;
            case JsonValueKind.Number:
                WriteType(writer, Schema, value.TryGetInt32(out _) ? "int" : value.TryGetInt64(out _) ? "long"
                    : value.TryGetDecimal(out _) ? "decimal" : "double");
                WriteScalar(writer, value);
                break;
            case JsonValueKind.Array:
                WriteTypedArray(writer, value);
                break;
            case JsonValueKind.Object:
                WriteType(writer, Contracts, TypeOf(value));
                WriteMembers(writer, value);
                break;
            default:
                WriteScalar(writer, value);
                break;
        }
    }

    private static void WriteTypedArray(XmlDictionaryWriter writer, JsonElement items)
    {
        var first = items.EnumerateArray().FirstOrDefault();
        if (first.ValueKind is JsonValueKind.Number)
        {
            WriteType(writer, Schema, "base64Binary");
            var bytes = items.EnumerateArray().Select(item => (byte)item.GetInt32()).ToArray();
            writer.WriteBase64(bytes, 0, bytes.Length);
        }
        else if (first.ValueKind is JsonValueKind.Object && TypeOf(first) is not "OptionSetValue")
        {
            WriteType(writer, Contracts, "EntityReferenceCollection");
            WriteItems(writer, items);
        }
        else
        {
            WriteType(writer, Contracts9, "OptionSetValueCollection");
            foreach (var option in items.EnumerateArray())
            {
                writer.WriteStartElement(TypeOf(option), Contracts9);
                WriteContent(writer, option);
                writer.WriteEndElement();
            }
        }
    }

    private static void WriteType(XmlDictionaryWriter writer, string typeNamespace, string name)
    {
        writer.WriteStartAttribute("type", Instance);
        writer.WriteQualifiedName(name, typeNamespace);
        writer.WriteEndAttribute();
    }

    private static void WriteScalar(XmlDictionaryWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                writer.WriteStartAttribute("nil", Instance);
                writer.WriteValue(true);
                writer.WriteEndAttribute();
                break;
            case JsonValueKind.Number when value.TryGetInt64(out var number):
                writer.WriteValue(number);
                break;
            case JsonValueKind.Number when value.TryGetDecimal(out var number):
                writer.WriteValue(number);
                break;
            case JsonValueKind.Number:
                writer.WriteValue(value.GetDouble());
                break;
            default:
                writer.WriteValue(value.GetBoolean());
                break;
        }
    }

    private static string TypeOf(JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.Object)
        {
            return "anyType";
        }

        foreach (var first in value.EnumerateObject().Take(1).Where(static first => first.Name == "__type"))
        {
            return first.Value.GetString()!.Split(':')[0];
        }

        return value.TryGetProperty("Entities", out _) ? "EntityCollection"
            : value.TryGetProperty("Attributes", out _) ? "Entity"
            : value.TryGetProperty("LogicalName", out _) ? "EntityReference"
            : value.TryGetProperty("SchemaName", out _) ? "Relationship"
            : value.TryGetProperty("Value", out _) ? "OptionSetValue"
            : "anyType";
    }

    /// <summary>
    /// Reads <c>/Date(ms±hhmm)/</c>: with an offset it was no UTC, and the wall clock is what is written.
    /// </summary>
    private static bool TryDate(string text, out DateTime date)
    {
        date = default;
        if (!text.StartsWith("/Date(", StringComparison.Ordinal) || !text.EndsWith(")/", StringComparison.Ordinal))
        {
            return false;
        }

        var digits = text[6..^2];
        var offset = digits.Length > 5 && digits[^5] is ('+' or '-') ? digits[^5..] : "";
        if (!long.TryParse(digits[..^offset.Length], CultureInfo.InvariantCulture, out var milliseconds)
            || Math.Abs(milliseconds) > 100_000_000_000_000)
        {
            return false;
        }

        date = DateTime.UnixEpoch.AddMilliseconds(milliseconds);
        if (offset.Length > 0)
        {
            var minutes = int.Parse(offset[1..3], CultureInfo.InvariantCulture) * 60
                + int.Parse(offset[3..], CultureInfo.InvariantCulture);
            date = date.AddMinutes(offset[0] == '-' ? -minutes : minutes);
            date = DateTime.SpecifyKind(date, DateTimeKind.Unspecified);
        }

        return true;
    }
}
