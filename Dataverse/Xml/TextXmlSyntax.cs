using System.Buffers;
using System.Text;
using DataExport.Dataverse.Notifications;

namespace DataExport.Dataverse.Xml;

/// <summary>
/// Where the parts of a text XML end. Each method takes the place where a part begins, and gives the one behind it; a
/// part that is not well-formed is a fault.
/// </summary>
internal static class TextXmlSyntax
{
    private const string Controls =
        "\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u000B\u000C\u000E\u000F\u0010\u0011\u0012\u0013\u0014"
        + "\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F";

    private static readonly SearchValues<byte> ControlBytes = Bytes(Controls);
    private static readonly SearchValues<byte> TextStops = Bytes(Controls + "<&\r]");
    private static readonly SearchValues<byte> ValueStops = Bytes(Controls + "<&\"'");

    /// <summary>Bytes of names; of letters beyond ASCII each is taken for one.</summary>
    private static readonly SearchValues<byte> NameBytes = SearchValues.Create(
        [.. Enumerable.Range(0, 256).Select(value => (byte)value).Where(IsNameByte)]);

    /// <summary>How much white space there is.</summary>
    public static int BlankAt(ReadOnlySpan<byte> xml, int at)
    {
        var blank = xml[at..].IndexOfAnyExcept(" \t\r\n"u8);
        return blank < 0 ? xml.Length - at : blank;
    }

    /// <summary>
    /// Passes over an XML declaration, which may name no other encoding than UTF-8 and its part ASCII.
    /// </summary>
    public static int EndOfDeclaration(ReadOnlySpan<byte> xml)
    {
        if (!xml.StartsWith("<?xml"u8) || xml.Length < 6 || NameBytes.Contains(xml[5]))
        {
            return 0;
        }

        var end = EndOf(xml, 0, "?>"u8, "the XML declaration has no end");
        var declaration = xml[..end];
        var encoding = declaration.IndexOf("encoding"u8);
        if (encoding >= 0)
        {
            var name = declaration[(encoding + "encoding"u8.Length)..].TrimStart(" \t\r\n='\""u8);
            var length = name.IndexOfAny((byte)'"', (byte)'\'');
            name = name[..Math.Max(0, length)];
            if (!Ascii.EqualsIgnoreCase(name, "utf-8"u8) && !Ascii.EqualsIgnoreCase(name, "us-ascii"u8))
            {
                throw new DecodeException(encoding, "the XML names another encoding than UTF-8");
            }
        }

        return end + 2;
    }

    /// <summary>Passes over a processing instruction.</summary>
    public static int EndOfInstruction(ReadOnlySpan<byte> xml, int at)
    {
        var nameEnd = EndOfName(xml, at + 2, out var prefix, out var name);
        if (!prefix.IsEmpty || Ascii.EqualsIgnoreCase(name.Of(xml), "xml"u8))
        {
            throw new DecodeException(at, "an XML declaration stands inside of the body");
        }

        var end = EndOf(xml, nameEnd, "?>"u8, "a processing instruction has no end");
        return end > nameEnd && BlankAt(xml, nameEnd) == 0
            ? throw new DecodeException(nameEnd, "the name of a processing instruction has no end")
            : end + 2;
    }

    /// <summary>Passes over a comment.</summary>
    public static int EndOfComment(ReadOnlySpan<byte> xml, int at)
    {
        var end = EndOf(xml, at + 4, "--"u8, "a comment has no end");
        return end + 2 < xml.Length && xml[end + 2] == '>'
            ? end + 3
            : throw new DecodeException(end, "two hyphens stand inside of a comment");
    }

    /// <summary>Passes over a text, up to the next markup.</summary>
    public static int EndOfText(ReadOnlySpan<byte> xml, int at, out bool isEscaped)
    {
        isEscaped = false;
        while (true)
        {
            var step = xml[at..].IndexOfAny(TextStops);
            if (step < 0)
            {
                return xml.Length;
            }

            at += step;
            switch (xml[at])
            {
                case (byte)'<':
                    return at;
                case (byte)'&':
                    at = EndOfReference(xml, at);
                    isEscaped = true;
                    break;
                case (byte)'\r':
                    at++;
                    isEscaped = true;
                    break;
                case (byte)']' when !xml[at..].StartsWith("]]>"u8):
                    at++;
                    break;
                default:
                    throw new DecodeException(at, "a text has a letter that XML does not allow");
            }
        }
    }

    /// <summary>Passes over a name, with or without prefix.</summary>
    public static int EndOfName(ReadOnlySpan<byte> xml, int at, out XmlSlice prefix, out XmlSlice name)
    {
        prefix = default;
        name = NameAt(xml, at);
        at += name.Length;
        if (at < xml.Length && xml[at] == ':')
        {
            prefix = name;
            name = NameAt(xml, at + 1);
            at += 1 + name.Length;
        }

        return at;
    }

    /// <summary>Passes over the attributes of a start tag, to its end.</summary>
    public static int EndOfAttributes(ReadOnlySpan<byte> xml, int at, ref XmlElement element, XmlBuffers buffers)
    {
        while (true)
        {
            var blank = BlankAt(xml, at);
            at += blank;
            if (at >= xml.Length || xml[at] is (byte)'>' or (byte)'/')
            {
                return at;
            }

            if (blank == 0)
            {
                throw new DecodeException(at, "no white space stands before an attribute");
            }

            at = EndOfAttribute(xml, at, ref element, buffers);
        }
    }

    /// <summary>The place where <paramref name="mark"/> begins; before it stand no controls.</summary>
    public static int EndOf(ReadOnlySpan<byte> xml, int at, ReadOnlySpan<byte> mark, string reasonIfMissing)
    {
        var length = at > xml.Length ? -1 : xml[at..].IndexOf(mark);
        if (length < 0)
        {
            throw new DecodeException(xml.Length, reasonIfMissing);
        }

        var control = xml.Slice(at, length).IndexOfAny(ControlBytes);
        return control < 0
            ? at + length
            : throw new DecodeException(at + control, "a letter stands there that XML does not allow");
    }

    /// <summary>Resolves the references of a text that was passed over, and makes its line ends line feeds.</summary>
    public static ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> text, XmlBuffers buffers)
    {
        // No reference is shorter than what it stands for.
        var plain = buffers.Unescaped(text.Length);
        var length = 0;
        while (!text.IsEmpty)
        {
            var next = text.IndexOfAny((byte)'&', (byte)'\r');
            var run = next < 0 ? text : text[..next];
            run.CopyTo(plain[length..]);
            length += run.Length;
            text = text[run.Length..];
            if (!text.IsEmpty && text[0] == '\r')
            {
                text = text[(text is [_, (byte)'\n', ..] ? 2 : 1)..];
                plain[length++] = (byte)'\n';
            }
            else if (!text.IsEmpty)
            {
                var end = text.IndexOf((byte)';');
                length += XmlReferences.Resolve(text[1..end]).EncodeToUtf8(plain[length..]);
                text = text[(end + 1)..];
            }
        }

        return plain[..length];
    }

    private static int EndOfAttribute(ReadOnlySpan<byte> xml, int at, ref XmlElement element, XmlBuffers buffers)
    {
        var start = at;
        at = EndOfName(xml, at, out var prefix, out var name);
        at += BlankAt(xml, at);
        if (at >= xml.Length || xml[at] != '=')
        {
            throw new DecodeException(at, "an attribute has no value");
        }

        at++;
        at += BlankAt(xml, at);
        if (at >= xml.Length || xml[at] is not ((byte)'"' or (byte)'\''))
        {
            throw new DecodeException(at, "the value of an attribute has no quotes");
        }

        var end = EndOfValue(xml, at + 1, xml[at], out var isEscaped);
        var value = new XmlSlice(at + 1, end - at - 1);
        var isDeclaration = (prefix.IsEmpty ? name : prefix).Of(xml).SequenceEqual("xmlns"u8);
        element.Add(
            new XmlAttribute(
                isDeclaration ? default : prefix,
                isDeclaration && prefix.IsEmpty ? default : name,
                isEscaped ? XmlScalarKind.EscapedUtf8 : XmlScalarKind.Utf8,
                value,
                isDeclaration),
            xml,
            buffers,
            start);
        return end + 1;
    }

    private static int EndOfValue(ReadOnlySpan<byte> xml, int at, byte quote, out bool isEscaped)
    {
        isEscaped = false;
        while (true)
        {
            var step = xml[at..].IndexOfAny(ValueStops);
            if (step < 0)
            {
                throw new DecodeException(xml.Length, "the value of an attribute has no end");
            }

            at += step;
            if (xml[at] == quote)
            {
                return at;
            }

            if (xml[at] == '&')
            {
                at = EndOfReference(xml, at);
                isEscaped = true;
            }
            else if (xml[at] is (byte)'"' or (byte)'\'')
            {
                at++;
            }
            else
            {
                throw new DecodeException(at, "the value of an attribute has a letter that XML does not allow");
            }
        }
    }

    private static int EndOfReference(ReadOnlySpan<byte> xml, int at)
    {
        var length = xml[at..].IndexOf((byte)';');
        return length > 1 && XmlReferences.IsKnown(xml.Slice(at + 1, length - 1))
            ? at + length + 1
            : throw new DecodeException(at, "an entity is not accepted, other than XML's own five");
    }

    private static XmlSlice NameAt(ReadOnlySpan<byte> xml, int at)
    {
        var rest = at >= xml.Length ? default : xml[at..];
        var length = rest.IndexOfAnyExcept(NameBytes);
        length = length < 0 ? rest.Length : length;
        if (length == 0 || (byte)(rest[0] - '0') <= 9 || rest[0] is (byte)'-' or (byte)'.')
        {
            throw new DecodeException(Math.Min(at, xml.Length), "a name is missing");
        }

        return length <= XmlLimits.NameBytesMax
            ? new XmlSlice(at, length)
            : throw new DecodeException(at, $"a name is longer than {XmlLimits.NameBytesMax} bytes");
    }

    private static bool IsNameByte(byte value) =>
        value >= 0x80 || char.IsAsciiLetterOrDigit((char)value) || value is (byte)'_' or (byte)'-' or (byte)'.';

    private static SearchValues<byte> Bytes(string letters) =>
        SearchValues.Create([.. letters.Select(letter => (byte)letter)]);
}
