namespace DataExport.Grains.Tests.Model;

/// <summary>A record as the source holds it. <c>ModifiedOn</c> counts whole seconds, versions count commits.</summary>
internal sealed record SourceRecord(long[] Columns, long ModifiedOn, long Version);

/// <summary>What the source posts.</summary>
internal sealed record Note(ChangeKind Kind, int Record)
{
    /// <summary>Whether the filter leaves the record in, as far as columns and image tell; null: they do not.</summary>
    public bool? IsInside { get; init; }

    /// <summary>The columns that were sent; null: not sent.</summary>
    public long?[] Columns { get; init; } = [];

    public long Second { get; init; }

    /// <summary>The deletion's version. For the checker only: no message carries it.</summary>
    public long DeletedAt { get; init; }

    public Guid OperationId { get; } = Guid.NewGuid();
}

/// <summary>
/// One table of a source with a few records: creates, updates (silent ones too), deletes, restores, and the history by
/// which a checker knows what any value means.
/// </summary>
/// <param name="clock">Its clock.</param>
/// <param name="isFiltered">Whether the profile has a filter.</param>
/// <param name="hasImages">Whether updates bring an image of the filter's column.</param>
internal sealed class ModelSource(ModelClock clock, bool isFiltered, bool hasImages)
{
    public const int ColumnCount = 3;

    private readonly Dictionary<int, SourceRecord> _bin = [];
    private readonly List<(long Version, int Record)> _log = [];
    private readonly Dictionary<long, long> _born = [];
    private long _lastValue;

    public Dictionary<int, SourceRecord> Rows { get; private set; } = [];

    public long Version { get; private set; }

    /// <summary>Every state of a record by version; null: deleted.</summary>
    public Dictionary<int, List<(long Version, long[]? Columns)>> History { get; } = [];

    public bool IsFiltered => isFiltered;

    public bool HasImages => hasImages;

    /// <summary>The records of which a message came that tells nothing but that something happened.</summary>
    public HashSet<int> Restored { get; } = [];

    /// <summary>Whether a state of a record is exported.</summary>
    public bool IsInside(long[]? columns) => columns is not null && (!isFiltered || columns[0] % 5 < 3);

    /// <summary>Whether a record was ever exported.</summary>
    public bool WasEverInside(int record) =>
        History.TryGetValue(record, out var states) && states.Exists(state => IsInside(state.Columns));

    private long Second => clock.Milliseconds / 1000;

    /// <summary>The version with which a value appeared. Every value is given once.</summary>
    public long BornAt(long value) => _born[value];

    public bool CanRestore(int record) => _bin.ContainsKey(record);

    public SourceRecord? Read(int record) => Rows.GetValueOrDefault(record);

    public Note Create(int record)
    {
        var columns = Enumerable.Range(0, ColumnCount).Select(_ => ++_lastValue).ToArray();
        Commit(record, new SourceRecord(columns, Second, 0));
        return new Note(ChangeKind.Create, record)
        {
            Columns = [.. columns.Select(x => (long?)x)], Second = Second, IsInside = IsInside(columns),
        };
    }

    public Note? Update(int record, Random random, bool silent)
    {
        var row = Rows[record];
        var sent = new long?[ColumnCount];
        foreach (var column in random.GetItems([0, 1, 2], random.Next(1, 3)))
        {
            sent[column] ??= ++_lastValue;
        }

        var columns = row.Columns.Select((old, column) => sent[column] ?? old).ToArray();
        Commit(record, new SourceRecord(columns, silent ? row.ModifiedOn : Second, 0));
        bool? isInside = hasImages || sent[0] is not null ? IsInside(columns) : null;
        return silent
            ? null
            : new Note(ChangeKind.Update, record) { Columns = sent, Second = Second, IsInside = isInside };
    }

    public Note Delete(int record)
    {
        _bin[record] = Rows[record];
        Commit(record, null);
        return new Note(ChangeKind.Delete, record) { Second = Second, DeletedAt = Version };
    }

    public Note Restore(int record, bool touchesModifiedOn)
    {
        _ = _bin.Remove(record, out var row);
        _ = Restored.Add(record);
        Commit(record, row! with { ModifiedOn = touchesModifiedOn ? Second : row.ModifiedOn });
        return new Note(ChangeKind.Touched, record);
    }

    /// <summary>What changed since a token: present states, deletions with their versions, the next token.</summary>
    public ModelDelta ReadDelta(long token)
    {
        var last = new Dictionary<int, long>();
        foreach (var (version, record) in _log.Where(entry => entry.Version > token))
        {
            last[record] = version;
        }

        return new ModelDelta(
            [.. last.Keys.Where(Rows.ContainsKey).Select(record => (record, Rows[record]))],
            [.. last.Where(entry => !Rows.ContainsKey(entry.Key)).Select(entry => (entry.Key, entry.Value))],
            Version);
    }

    /// <summary>Sets the environment back to a backup, version counter included.</summary>
    public void SetBackTo(Dictionary<int, SourceRecord> rows, long version) =>
        (Rows, Version) = (new Dictionary<int, SourceRecord>(rows), version);

    private void Commit(int record, SourceRecord? row)
    {
        Version++;
        _log.Add((Version, record));
        if (row is null)
        {
            _ = Rows.Remove(record);
        }
        else
        {
            Rows[record] = row with { Version = Version };
            foreach (var value in row.Columns)
            {
                _ = _born.TryAdd(value, Version);
            }
        }

        if (!History.TryGetValue(record, out var states))
        {
            History[record] = states = [];
        }

        states.Add((Version, row?.Columns));
    }
}

/// <summary>A delta page.</summary>
internal sealed record ModelDelta(
    IReadOnlyList<(int Record, SourceRecord Row)> Rows,
    IReadOnlyList<(int Record, long Version)> Deletions,
    long Token);
