using System.Globalization;

namespace DataExport.Targets.Layout;

/// <summary>A column of a view.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Expression">What it shows.</param>
internal sealed record ViewColumn(SqlIdentifier Name, string Expression);

/// <summary>A view for reports, which only reads the profile's own tables.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Its columns, in the order of a view that is made for the first time.</param>
/// <param name="From">What follows the columns in its query.</param>
internal sealed record ReportView(TableName Name, IReadOnlyList<ViewColumn> Columns, string From)
{
    /// <summary>
    /// Stands in every view of ours, with the version behind it. What lacks it is somebody else's, and is left alone:
    /// never change.
    /// </summary>
    public const string Mark = "Made by DataExport, version ";

    private const int VersionLetters = 16;

    /// <summary>Another one for every other definition.</summary>
    public string Version { get; } =
        string.Create(CultureInfo.InvariantCulture, $"{NameHash.Of(QueryOf(Columns, From)):x16}");

    /// <summary>What tells that the view is ours, and people where to put changes of theirs.</summary>
    public string Note => $"{Mark}{Version}. Changes made here are lost: make a view of your own.";

    /// <summary>Its query, with these columns first where it has them.</summary>
    public string Query(params IReadOnlyList<string> first)
    {
        var places = first.Select(static (name, place) => (name, place))
            .ToDictionary(static each => each.name, static each => each.place, StringComparer.Ordinal);
        return QueryOf(Columns.OrderBy(column => places.GetValueOrDefault(column.Name.Name, int.MaxValue)), From);
    }

    /// <summary>The statement that makes it, on engines that keep the text of a statement with its remarks.</summary>
    public string CreateScript() => $"CREATE VIEW {Name} AS\n{Body}";

    /// <summary>What follows the name in that statement.</summary>
    public string Body => $"-- {Note}\n{Query()}";

    /// <summary>Whether it is not there, or is ours and has become another.</summary>
    /// <param name="kept">What the engine keeps of those objects that have the name of a view.</param>
    public bool IsNeeded(IReadOnlyDictionary<string, string> kept) => !kept.TryGetValue(Name.Name, out var text)
        || (VersionOf(text) is { } version && version != Version);

    /// <summary>Whether something has its name that is not ours.</summary>
    /// <param name="kept">What the engine keeps of those objects that have the name of a view.</param>
    public bool IsForeign(IReadOnlyDictionary<string, string> kept) =>
        kept.TryGetValue(Name.Name, out var text) && VersionOf(text) is null;

    /// <summary>The version of a view of ours; nothing for all that is not.</summary>
    /// <param name="kept">What the engine keeps of it: its statement or its remark.</param>
    public static string? VersionOf(string? kept)
    {
        var begin = kept?.IndexOf(Mark, StringComparison.Ordinal) ?? -1;
        return begin < 0 || kept!.Length < begin + Mark.Length + VersionLetters
            ? null
            : kept.Substring(begin + Mark.Length, VersionLetters);
    }

    /// <summary>What follows the name in the statement of a view of ours.</summary>
    public static string BodyOf(string kept) =>
        $"-- {kept[kept.IndexOf(Mark, StringComparison.Ordinal)..]}";

    private static string QueryOf(IEnumerable<ViewColumn> columns, string from) =>
        $"SELECT\n{string.Join(",\n", columns.Select(static each => $"    {each.Expression} AS {each.Name}"))}\n{from}";
}
