using System.Globalization;

namespace DataExport.Sandbox;

/// <summary>
/// The token of a next page, in the form that Dataverse gives it: a cookie in XML, escaped for an address. Readers take
/// it as it is.
/// </summary>
internal sealed record PageToken
{
    private const string Cookie = "pagingcookie=\"";

    /// <summary>Counts from 1; the first page has no token.</summary>
    public required int Page { get; init; }

    public bool IsDelta { get; init; }

    public bool TracksChanges { get; init; }

    /// <summary>What the place is made of; its meaning is the reader's.</summary>
    public required long[] Place { get; init; }

    public string Encode()
    {
        var place = string.Join('~', Place.Select(part => part.ToString(CultureInfo.InvariantCulture)));
        var tracking = TracksChanges ? "True" : "False";
        var cookie = $"{Cookie}{(IsDelta ? 'd' : 'w')}~{Page}~{place}\"";
        return Uri.EscapeDataString($"<cookie pagenumber=\"{Page}\" {cookie} istracking=\"{tracking}\" />");
    }

    /// <exception cref="ApiException">It is no token of this environment.</exception>
    public static PageToken Decode(string token)
    {
        var begin = token.IndexOf(Cookie, StringComparison.Ordinal) + Cookie.Length;
        var end = begin < Cookie.Length ? -1 : token.IndexOf('"', begin);
        if (end < 0)
        {
            throw ApiException.BadRequest("Malformed XML in the Paging Cookie");
        }

        var parts = token[begin..end].Split('~');
        var numbers = new long[parts.Length - 1];
        for (var part = 0; part < numbers.Length; part++)
        {
            if (!long.TryParse(parts[part + 1], CultureInfo.InvariantCulture, out numbers[part]))
            {
                throw ApiException.BadRequest("Malformed XML in the Paging Cookie");
            }
        }

        return new PageToken
        {
            Page = (int)numbers[0],
            IsDelta = parts[0] == "d",
            TracksChanges = token.Contains("istracking=\"True\"", StringComparison.Ordinal),
            Place = numbers[1..],
        };
    }
}
