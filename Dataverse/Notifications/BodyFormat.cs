using DataExport.Dataverse.Xml;

namespace DataExport.Dataverse.Notifications;

/// <summary>In which form a notification came.</summary>
internal enum BodyFormat
{
    None,
    Json,
    Xml,
    BinaryXml,
}

/// <summary>Tells the formats apart.</summary>
internal static class BodyFormats
{
    private const int RootWithinBytes = 64;

    /// <summary>
    /// The format of a body and where its content starts. The first bytes of the three exclude each other, so they
    /// decide: the content type may be missing or wrong. It is asked only where binary XML does not begin as usual.
    /// </summary>
    public static BodyFormat Of(ReadOnlySpan<byte> body, string? contentType, out int start)
    {
        start = 0;
        if (body.IsEmpty)
        {
            return BodyFormat.None;
        }

        if (body[0] is (BinaryRecord.Comment or (>= BinaryRecord.FirstElement and <= BinaryRecord.LastElement))
            && (IsBinary(contentType) || Head(body).IndexOf("RemoteExecutionContext"u8) >= 0))
        {
            return BodyFormat.BinaryXml;
        }

        start = body.StartsWith("\uFEFF"u8) ? 3 : 0;
        var blank = body[start..].IndexOfAnyExcept(" \t\r\n"u8);
        if (blank < 0)
        {
            return BodyFormat.None;
        }

        start += blank;
        return body[start] switch
        {
            (byte)'<' => BodyFormat.Xml,
            (byte)'{' => BodyFormat.Json,
            _ => BodyFormat.None,
        };
    }

    /// <summary>What is wrong with a body of no known format.</summary>
    public static string FaultOf(ReadOnlySpan<byte> body, int start, string? contentType) => body[start..] switch
    {
        [] => "the body is empty",
        [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..] => "the body is UTF-16; only UTF-8 is decoded",
        _ when body[start..].IndexOfAnyExcept(" \t\r\n"u8) < 0 => "the body is empty",
        _ when IsXml(contentType) => "the body is called XML, and begins with no element",
        _ when IsBinary(contentType) => "the body is called .NET binary XML and begins with no element",
        _ => "the body is no JSON object and no XML",
    };

    private static ReadOnlySpan<byte> Head(ReadOnlySpan<byte> body) => body[..Math.Min(RootWithinBytes, body.Length)];

    private static bool IsXml(string? contentType) =>
        contentType?.StartsWith("application/xml", StringComparison.OrdinalIgnoreCase) is true;

    private static bool IsBinary(string? contentType) =>
        contentType?.StartsWith("application/msbin1", StringComparison.OrdinalIgnoreCase) is true;
}
