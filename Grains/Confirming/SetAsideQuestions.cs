namespace DataExport.Grains.Confirming;

/// <summary>
/// Which questions of each table the source could not settle lately. They are passed over for a while, so that what was
/// asked after them gets its turn, and what hinders them stays known until they have been asked anew.
/// </summary>
internal sealed class SetAsideQuestions(TimeSpan askAgainAfter, TimeProvider clock)
{
    private const int LoggedMax = 10_000;

    private readonly Dictionary<string, SetAside> _tables = new(StringComparer.Ordinal);

    /// <summary>Records whose rejection stands in the failure log, so that asking anew does not fill it.</summary>
    public HashSet<Guid> Logged { get; } = [];

    /// <summary>What hinders, of any table; <see langword="null"/> when nothing does.</summary>
    public string? Message => _tables.Values.FirstOrDefault().Message;

    /// <summary>The key of a table's questions about sets: they are set aside apart from its records.</summary>
    public static string SetsOf(string table) => $"{table}/sets";

    /// <summary>Forgets what was passed over long enough, and tables that have no question any more.</summary>
    public void BeginRound(IReadOnlyDictionary<string, long> counts)
    {
        foreach (var (key, setAside) in _tables)
        {
            var isOver = clock.GetElapsedTime(setAside.Since) >= askAgainAfter;
            if (isOver || counts.GetValueOrDefault(key.Split('/')[0]) == 0)
            {
                _ = _tables.Remove(key);
            }
        }
    }

    /// <summary>The number up to which a table's questions are passed over; 0 when none are.</summary>
    public long NumberOf(string table) => _tables.TryGetValue(table, out var setAside) ? setAside.Number : 0;

    /// <summary>Passes over a table's questions up to this number. The time counts from the first of a pass.</summary>
    public void Add(string table, long number, string message)
    {
        _tables[table] = _tables.TryGetValue(table, out var setAside)
            ? setAside with { Number = Math.Max(number, setAside.Number), Message = message }
            : new SetAside(number, clock.GetTimestamp(), message);
        if (Logged.Count > LoggedMax)
        {
            // Forgetting costs one more entry each, and memory stays bounded.
            Logged.Clear();
        }
    }

    private readonly record struct SetAside(long Number, long Since, string Message);
}
