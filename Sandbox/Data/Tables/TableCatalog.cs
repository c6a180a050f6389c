namespace DataExport.Sandbox;

/// <summary>
/// The names of all tables of one model, each with a number: first the sandbox's own, then those that only lookups
/// name.
/// </summary>
internal sealed class TableCatalog
{
    private const int DefaultRecords = 1000;

    private static readonly Dictionary<string, int> Few = new(StringComparer.Ordinal)
    {
        ["systemuser"] = 50,
        ["team"] = 8,
        ["transactioncurrency"] = 4,
        ["businessunit"] = 1,
        ["pricelevel"] = 5,
        ["lead"] = 300,
        ["campaign"] = 40,
        ["sla"] = 6,
    };

    private readonly List<string> _names = [];
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _records = new(StringComparer.Ordinal);

    /// <param name="own">The sandbox's own tables, in their order.</param>
    public TableCatalog(IEnumerable<string> own)
    {
        foreach (var name in own)
        {
            _ = IndexOf(name);
        }

        // The caller, the owners and the currencies come from these.
        foreach (var name in (string[])["systemuser", "team", "transactioncurrency", "businessunit"])
        {
            _ = IndexOf(name);
        }
    }

    /// <summary>All names, by their numbers.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The number of a table; a new one for a name that was not known.</summary>
    public int IndexOf(string name)
    {
        if (!_indexes.TryGetValue(name, out var index))
        {
            index = _names.Count;
            _names.Add(name);
            _indexes.Add(name, index);
        }

        return index;
    }

    /// <summary>Tells how many records of a table lookups point to.</summary>
    public void SetRecords(string name, int records) => _records[name] = records;

    /// <summary>Lookups point to the first so many records of their target table.</summary>
    public int RecordsOf(string name) =>
        _records.TryGetValue(name, out var set) ? set : Few.GetValueOrDefault(name, DefaultRecords);
}
