using DataExport.Dataverse.Notifications;

namespace DataExport.Dataverse.Xml;

/// <summary>Reads the attributes of an element of .NET binary XML.</summary>
internal static class BinaryAttributes
{
    /// <summary>Reads attribute records as long as they follow each other.</summary>
    public static void Read(ReadOnlySpan<byte> bytes, ref int at, ref XmlElement element, XmlBuffers buffers)
    {
        while (at < bytes.Length && bytes[at] is >= BinaryRecord.ShortAttribute and <= BinaryRecord.LastAttribute)
        {
            var start = at;
            var attribute = ReadOne(bytes, ref at);
            element.Add(attribute, bytes, buffers, start);
        }
    }

    private static XmlAttribute ReadOne(ReadOnlySpan<byte> bytes, ref int at)
    {
        var record = bytes[at++];
        switch (record)
        {
            case BinaryRecord.ShortXmlns:
                return Declaration(default, BinaryTexts.NameOrText(bytes, ref at));
            case BinaryRecord.Xmlns:
                var declared = BinaryTexts.Name(bytes, ref at);
                return Declaration(declared, BinaryTexts.NameOrText(bytes, ref at));
            case BinaryRecord.ShortAttribute:
                return WithValue(default, bytes, ref at);
            case BinaryRecord.Attribute:
                var prefix = BinaryTexts.Name(bytes, ref at);
                return WithValue(prefix, bytes, ref at);
            case >= BinaryRecord.PrefixAttributeA:
                return WithValue(XmlSlice.OfLetter(record - BinaryRecord.PrefixAttributeA), bytes, ref at);
            default:
                throw new DecodeException(at - 1, BinaryTexts.NoDictionary);
        }
    }

    private static XmlAttribute Declaration(XmlSlice prefix, XmlSlice name) =>
        new(default, prefix, XmlScalarKind.Utf8, name, IsDeclaration: true);

    private static XmlAttribute WithValue(XmlSlice prefix, ReadOnlySpan<byte> bytes, ref int at)
    {
        var name = BinaryTexts.Name(bytes, ref at);
        var record = at < bytes.Length ? bytes[at] : default;
        at++;
        if ((record & BinaryRecord.WithEndElement) != 0)
        {
            throw new DecodeException(at - 1, "the value of an attribute ends an element");
        }

        var value = BinaryTexts.Read(bytes, ref at, record);
        return new XmlAttribute(prefix, name, value.Kind, value.Value);
    }
}
