using System.Text;
using System.Xml;
using DataExport.Dataverse.Xml;

namespace DataExport.Dataverse.Tests.Xml;

/// <summary>
/// What .NET's own readers see in a body and what ours does, as lists of the same words: elements by their local names,
/// texts joined, comments left out.
/// </summary>
internal static class XmlOracle
{
    private const string Other = "(other)";
    private const string Instance = "http://www.w3.org/2001/XMLSchema-instance";

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        CheckCharacters = false,
        XmlResolver = null,
    };

    /// <summary>Why .NET refused the last body that it refused.</summary>
    public static string LastRefusal { get; private set; } = "";

    /// <summary>What <see cref="XmlReader"/> sees, or null when it refuses the body.</summary>
    public static List<string>? ReadText(byte[] body)
    {
        using var reader = XmlReader.Create(new MemoryStream(body), Settings);
        return Read(reader);
    }

    /// <summary>What <see cref="XmlDictionaryReader"/> sees, or null when it refuses the body.</summary>
    public static List<string>? ReadBinary(byte[] body)
    {
        using var reader = XmlDictionaryReader.CreateBinaryReader(body, XmlDictionaryReaderQuotas.Max);
        return Read(reader);
    }

    /// <summary>What our reader of text XML sees, or null when it refuses the body.</summary>
    public static List<string>? OursText(byte[] body)
    {
        try
        {
            var tokens = new TextXml(body, new XmlBuffers(), 1_000);
            return Walk(ref tokens);
        }
        catch (DataExport.Dataverse.Notifications.DecodeException)
        {
            return null;
        }
    }

    /// <summary>What our reader of binary XML sees, or null when it refuses the body.</summary>
    public static List<string>? OursBinary(byte[] body)
    {
        try
        {
            var tokens = new BinaryXml(body, new XmlBuffers(), 1_000);
            return Walk(ref tokens);
        }
        catch (DataExport.Dataverse.Notifications.DecodeException)
        {
            return null;
        }
    }

    /// <summary>Where the two begin to differ, for a person; null when they do not.</summary>
    public static string? Difference(List<string>? ours, List<string>? theirs)
    {
        if (ours is null || theirs is null)
        {
            return ours is null == theirs is null ? null
                : ours is null ? "we refuse it"
                : ours.Exists(IsQuestion) ? null
                : $"we accept it: {LastRefusal}";
        }

        var same = ours.Zip(theirs).TakeWhile(pair => IsSame(pair.First, pair.Second)).Count();
        return same == ours.Count && same == theirs.Count
            ? null
            : $"word {same}: {ours.ElementAtOrDefault(same)} for {theirs.ElementAtOrDefault(same)}";
    }

    /// <summary>Dates are printed otherwise than .NET does, bytes and time spans not at all.</summary>
    private static bool IsSame(string ours, string theirs) =>
        ours == theirs || (ours.Contains(Other, StringComparison.Ordinal) && theirs.StartsWith('"'));

    /// <summary>Bytes that are no text or no date end .NET's reading; with us they are a question.</summary>
    private static bool IsQuestion(string word) =>
        word.Contains('\uFFFD', StringComparison.Ordinal) || word.Contains(Other, StringComparison.Ordinal);

    private static List<string>? Read(XmlReader reader)
    {
        var words = new List<string>();
        try
        {
            while (reader.Read())
            {
                switch (reader.NodeType)
                {
                    case XmlNodeType.Element:
                        var isNil = reader.GetAttribute("nil", Instance)?.Trim(' ', '\t', '\r', '\n');
                        words.Add($"<{reader.LocalName}{(isNil is "true" or "1" ? " nil" : "")}");
                        if (reader.IsEmptyElement)
                        {
                            words.Add(">");
                        }

                        break;
                    case XmlNodeType.EndElement:
                        words.Add(">");
                        break;
                    case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace
                        or XmlNodeType.SignificantWhitespace when reader.Depth > 0:
                        AddText(words, Plain(reader.Value));
                        break;
                    default:
                        break;
                }
            }
        }
        catch (Exception exception) when (exception is XmlException or ArgumentException or FormatException)
        {
            LastRefusal = exception.Message;
            return null;
        }

        // .NET's binary reader takes a body without any element, and one with several. A document has one.
        return Roots(words) == 1 ? words : null;
    }

    private static int Roots(List<string> words)
    {
        var depth = 0;
        return words.Count(word => word[0] == '<' ? depth++ == 0 : word == ">" && depth-- < 0);
    }

    private static List<string> Walk<T>(ref T tokens)
        where T : struct, IXmlTokens, allows ref struct
    {
        var words = new List<string>();
        while (tokens.Read())
        {
            switch (tokens.Token)
            {
                case XmlToken.StartElement:
                    _ = tokens.Type;
                    words.Add($"<{Encoding.UTF8.GetString(tokens.LocalName)}{(tokens.IsNil ? " nil" : "")}");
                    break;
                case XmlToken.EndElement:
                    words.Add(">");
                    break;
                default:
                    var isText = tokens.Text.Kind is not XmlScalarKind.Date;
                    isText &= tokens.Text.TryText(new byte[64], out var text);
                    AddText(words, isText ? Encoding.UTF8.GetString(text) : Other);
                    break;
            }
        }

        return words;
    }

    private static void AddText(List<string> words, string text)
    {
        if (words.Count > 0 && words[^1].StartsWith('"'))
        {
            words[^1] += text;
        }
        else if (text.Length > 0)
        {
            words.Add("\"" + text);
        }
    }

    /// <summary>Half a pair of surrogates becomes U+FFFD, as it does with us.</summary>
    private static string Plain(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
