namespace DataExport.Sandbox;

/// <summary>One GET inside a batch.</summary>
internal readonly record struct BatchPart(string Target, string? Prefer);

/// <summary>Reads a batch of GETs in multipart/mixed.</summary>
internal static class BatchParser
{
    private const int PartsMax = 1000;
    private const int TargetCharsMax = 64 * 1024;

    /// <exception cref="ApiException">It is malformed, too large, or holds something else than GETs.</exception>
    public static List<BatchPart> Parse(string? contentType, string body)
    {
        var begin = contentType?.IndexOf("boundary=", StringComparison.OrdinalIgnoreCase) ?? -1;
        if (begin < 0 || !contentType!.StartsWith("multipart/mixed", StringComparison.OrdinalIgnoreCase))
        {
            throw ApiException.BadRequest("A batch needs content type multipart/mixed with a boundary.");
        }

        var boundary = "--" + contentType[(begin + "boundary=".Length)..].Split(';')[0].Trim().Trim('"');
        var parts = new List<BatchPart>();
        foreach (var part in body.Split(boundary).Skip(1))
        {
            if (part.StartsWith("--", StringComparison.Ordinal))
            {
                return parts;
            }

            parts.Add(ParsePart(part));
            if (parts.Count > PartsMax)
            {
                throw ApiException.BadRequest($"The current batch message contains more than {PartsMax} operations.");
            }
        }

        throw ApiException.BadRequest("The batch has no closing boundary.");
    }

    private static BatchPart ParsePart(string part)
    {
        string? target = null;
        string? prefer = null;
        foreach (var range in part.AsSpan().Split('\n'))
        {
            var line = part.AsSpan()[range].Trim();
            if (target is null && line.StartsWith("GET ", StringComparison.Ordinal))
            {
                var end = line.LastIndexOf(" HTTP/", StringComparison.Ordinal);
                target = line[4..(end < 0 ? line.Length : end)].Trim().ToString();
            }
            else if (target is not null && line.StartsWith("Prefer:", StringComparison.OrdinalIgnoreCase))
            {
                prefer = line["Prefer:".Length..].Trim().ToString();
            }
        }

        return target switch
        {
            null => throw ApiException.BadRequest("The sandbox takes GET requests in a batch only."),
            { Length: > TargetCharsMax } => throw ApiException.BadRequest("An address is longer than 64 KB."),
            _ => new BatchPart(target, prefer),
        };
    }
}
