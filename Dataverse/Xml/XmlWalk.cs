using System.Buffers;
using System.Text;
using DataExport.Dataverse.Notifications;

namespace DataExport.Dataverse.Xml;

/// <summary>Steps that every reader of elements takes.</summary>
internal static class XmlWalk
{
    /// <summary>
    /// Steps from the start of an element, or the end of one of its children, to the next child; false at the end of
    /// the element, which was at <paramref name="depth"/>. Texts between children are passed over.
    /// </summary>
    public static bool NextChild<T>(ref T tokens, int depth)
        where T : struct, IXmlTokens, allows ref struct
    {
        while (tokens.Read())
        {
            if (tokens.Token is XmlToken.StartElement)
            {
                return true;
            }

            if (tokens.Token is XmlToken.EndElement && tokens.Depth == depth)
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Steps from the start of an element to its end.</summary>
    public static void Skip<T>(ref T tokens)
        where T : struct, IXmlTokens, allows ref struct
    {
        var depth = tokens.Depth;
        while (tokens.Token is not XmlToken.EndElement || tokens.Depth > depth)
        {
            _ = tokens.Read();
        }
    }

    /// <summary>
    /// Reads the text of the element whose start the walk stands on, and leaves it on its end. The text may lie in a
    /// buffer that the next one fills again.
    /// </summary>
    public static XmlScalar ReadScalar<T>(ref T tokens)
        where T : struct, IXmlTokens, allows ref struct
    {
        var depth = tokens.Depth;
        _ = tokens.Read();
        if (tokens.Token is XmlToken.EndElement)
        {
            return default;
        }

        if (tokens.Token is not XmlToken.Text)
        {
            return SkipRest(ref tokens, depth);
        }

        var text = tokens.Text;
        _ = tokens.Read();
        return tokens.Token is XmlToken.EndElement ? text : ReadParts(ref tokens, text, depth);
    }

    /// <summary>A fault where the walk stands.</summary>
    public static DecodeException Fault<T>(ref T tokens, string reason)
        where T : struct, IXmlTokens, allows ref struct => new(tokens.Position, reason);

    /// <summary>
    /// Reads a text that comes in parts: with references, comments or CDATA between, or as several records.
    /// </summary>
    private static XmlScalar ReadParts<T>(ref T tokens, XmlScalar first, int depth)
        where T : struct, IXmlTokens, allows ref struct
    {
        var buffers = tokens.Buffers;
        buffers.BeginJoined();
        var isText = TryJoin(buffers, first, out var joined);
        while (tokens.Token is XmlToken.Text)
        {
            isText = isText && TryJoin(buffers, tokens.Text, out joined);
            _ = tokens.Read();
        }

        if (tokens.Token is not XmlToken.EndElement)
        {
            return SkipRest(ref tokens, depth);
        }

        return isText ? new XmlScalar(XmlScalarKind.Utf8, joined) : new XmlScalar(XmlScalarKind.Other, default);
    }

    private static bool TryJoin(XmlBuffers buffers, XmlScalar part, out ReadOnlySpan<byte> joined)
    {
        var isText = part.TryText(buffers.Scratch, out var text);
        joined = isText ? buffers.Join(text) : default;
        return isText;
    }

    private static XmlScalar SkipRest<T>(ref T tokens, int depth)
        where T : struct, IXmlTokens, allows ref struct
    {
        while (tokens.Token is not XmlToken.EndElement || tokens.Depth > depth)
        {
            _ = tokens.Read();
        }

        return new XmlScalar(XmlScalarKind.Other, default);
    }
}
