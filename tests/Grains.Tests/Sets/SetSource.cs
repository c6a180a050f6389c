using DataExport.Grains.Ports;

namespace DataExport.Grains.Tests.Sets;

/// <summary>
/// The source's side of an intersect table: which pairs there are, and a log of what came and went. A pair's row has
/// the same id whenever the pair comes again, which is the harder case.
/// </summary>
internal sealed class SetSource
{
    private readonly SortedDictionary<(int Left, int Right), long> _pairs = [];
    private readonly List<((int Left, int Right) Pair, bool IsThere)> _log = [];
    private long _version = 100;

    /// <summary>Where the log ends now.</summary>
    public int Token => _log.Count;

    public IEnumerable<(int Left, int Right)> Pairs => _pairs.Keys;

    public static Guid IdOf((int Left, int Right) pair) => Of('c', pair.Left * 100 + pair.Right);

    public static Guid LeftId(int left) => Of('a', left);

    public static Guid RightId(int right) => Of('b', right);

    public void Toggle((int Left, int Right) pair)
    {
        if (!_pairs.Remove(pair))
        {
            _pairs.Add(pair, ++_version);
        }

        _log.Add((pair, _pairs.ContainsKey(pair)));
    }

    /// <summary>A record goes, and its rows with it. No message tells.</summary>
    public void Cascade(int left)
    {
        foreach (var pair in _pairs.Keys.Where(pair => pair.Left == left).ToArray())
        {
            Toggle(pair);
        }
    }

    /// <summary>The rows that hold one of the ids in a column.</summary>
    public FetchedTable Fetch(FetchRequest request) => new(
        SetTarget.Table,
        [.. _pairs.Where(row => request.RecordIds.Contains(ValueOf(row.Key, request.SetColumn))).Select(ToRow)],
        IsWholeTableReadable: true);

    /// <summary>Everything that came or went since a token.</summary>
    public SourcePage Delta(int token)
    {
        var touched = _log.Skip(token).Select(static entry => entry.Pair).ToHashSet();
        return new SourcePage(
            [.. _pairs.Where(row => touched.Contains(row.Key)).Select(ToRow)],
            [.. touched.Where(pair => !_pairs.ContainsKey(pair)).Select(IdOf)],
            null,
            null);
    }

    private static Guid ValueOf((int Left, int Right) pair, string? column) => column switch
    {
        "aid" => LeftId(pair.Left),
        "bid" => RightId(pair.Right),
        _ => IdOf(pair),
    };

    private static SourceRow ToRow(KeyValuePair<(int Left, int Right), long> row)
    {
        var columns = new ColumnValuesBuilder();
        columns.Add(0, IdOf(row.Key));
        columns.Add(1, LeftId(row.Key.Left));
        columns.Add(2, RightId(row.Key.Right));
        return new SourceRow(
            IdOf(row.Key), new VersionNumber(row.Value), columns.Build(SetTarget.Definition.Layout));
    }

    private static Guid Of(char kind, int number) => Guid.Parse($"{kind}0000000-0000-4000-8000-{number:D12}");
}
