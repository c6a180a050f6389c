using System.Globalization;

namespace DataExport.Sandbox;

/// <summary>What a <c>Prefer</c> header asks for.</summary>
internal sealed record Preferences
{
    private const int RowsMax = 5000;
    private const string PageSize = "odata.maxpagesize=";

    /// <summary>Rows of a page; Dataverse ignores more than 5,000.</summary>
    public int PageRows { get; private init; } = RowsMax;

    public bool TracksChanges { get; private init; }

    /// <summary>Whether lookups name their table.</summary>
    public bool AnnotatesLookups { get; private init; }

    /// <summary>Whether an answer tells the number of the metadata.</summary>
    public bool AnnotatesMetadata { get; private init; }

    /// <summary>Whether an answer tells all that it can of itself.</summary>
    public bool AnnotatesAll { get; private init; }

    public bool ContinuesOnError { get; private init; }

    /// <summary>The header of the answer, or <see langword="null"/> when nothing was asked for.</summary>
    public string? Applied { get; private init; }

    public static Preferences Parse(string? header)
    {
        if (string.IsNullOrEmpty(header))
        {
            return new Preferences();
        }

        var all = header.Contains("include-annotations=\"*\"", StringComparison.Ordinal)
            || header.Contains("include-annotations=*", StringComparison.Ordinal);
        return new Preferences
        {
            AnnotatesAll = all,
            AnnotatesMetadata = all
                || header.Contains("Microsoft.Dynamics.CRM.globalmetadataversion", StringComparison.Ordinal),
            PageRows = ReadPageRows(header),
            TracksChanges = header.Contains("odata.track-changes", StringComparison.OrdinalIgnoreCase),
            AnnotatesLookups = all
                || header.Contains("Microsoft.Dynamics.CRM.lookuplogicalname", StringComparison.Ordinal),
            ContinuesOnError = header.Contains("odata.continue-on-error", StringComparison.OrdinalIgnoreCase),
            Applied = header,
        };
    }

    private static int ReadPageRows(string header)
    {
        var begin = header.IndexOf(PageSize, StringComparison.OrdinalIgnoreCase);
        if (begin < 0)
        {
            return RowsMax;
        }

        var digits = header.AsSpan(begin + PageSize.Length);
        var end = digits.IndexOfAnyExceptInRange('0', '9');
        var isNumber = int.TryParse(
            end < 0 ? digits : digits[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var rows);
        return isNumber && rows is > 0 and < RowsMax ? rows : RowsMax;
    }
}
