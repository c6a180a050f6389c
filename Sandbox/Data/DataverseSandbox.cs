namespace DataExport.Sandbox;

/// <summary>
/// A Dataverse environment in memory. Every change gets the next version number and is posted to the sink as Dataverse
/// would post it. Thread-safe: two changes of one record, their posts included, never overlap.
/// </summary>
public sealed class DataverseSandbox
{
    private readonly TimeProvider _clock;
    private readonly NotificationPoster _poster;
    private readonly SandboxTable[] _tables;
    private readonly TableStore[] _stores;
    private readonly RecordLocks _locks = new();
    private readonly ulong _seed;
    private readonly VersionCounter _versions = new();

    /// <param name="options">How it is made.</param>
    /// <param name="clock">What <c>createdon</c> and <c>modifiedon</c> are taken from.</param>
    /// <param name="sink">Where changes are posted to; without one they raise no event.</param>
    public DataverseSandbox(DataverseSandboxOptions options, TimeProvider clock, INotificationSink? sink = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _clock = clock;
        _seed = Mixer.Mix((ulong)(uint)options.Seed, "sandbox");
        Options = options;
        Ids = new RecordIds(options.Seed);
        OrganizationId = DrawnId.Of(_seed);
        _tables = SandboxTables.Build(options.Seed);
        _stores = [.. _tables.Select(table => new TableStore(table, Ids, _versions, options.RecordsPerTableMax))];
        _poster = new NotificationPoster(
            new MessageWriter(options, Ids, OrganizationId), options, Ids, _tables, sink);
    }

    /// <summary>The organization's id.</summary>
    public Guid OrganizationId { get; }

    /// <summary>All tables.</summary>
    public IReadOnlyList<SandboxTable> Tables => _tables;

    /// <summary>The highest version number given out.</summary>
    public long Version => _versions.Current;

    internal DataverseSandboxOptions Options { get; }

    internal RecordIds Ids { get; }

    internal TimeProvider Clock => _clock;

    /// <summary>The table of a logical name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public SandboxTable Table(string name) => Array.Find(_tables, table => table.Name == name)
        ?? throw new ArgumentException($"The sandbox has no table '{name}'.", nameof(name));

    /// <summary>Adds rows to all tables, without events, created and changed in the five years before now.</summary>
    public void Seed(long rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        long given = 0;
        for (var index = 0; index < _stores.Length; index++)
        {
            var share = index == _stores.Length - 1 ? rows - given : rows * SeedShares.PercentOf(index) / 100;
            Seed(_stores[index], share);
            given += share;
        }
    }

    /// <summary>Creates a record.</summary>
    /// <returns>The record's id.</returns>
    public Guid Create(SandboxTable table) => Create(table, isSilent: false);

    /// <summary>Creates a record without an event.</summary>
    /// <returns>The record's id.</returns>
    public Guid CreateSilently(SandboxTable table) => Create(table, isSilent: true);

    /// <summary>Sends new values for <paramref name="columns"/> columns, chosen by the record's next version.</summary>
    /// <returns>Whether the record exists.</returns>
    public bool Update(SandboxTable table, Guid id, int columns)
    {
        ArgumentNullException.ThrowIfNull(table);
        Span<int> ordinals = stackalloc int[Math.Clamp(columns, 1, table.Updatable.Length)];
        _ = Ids.TryGetNumber(table.Index, id, out var number);
        SentColumns.Choose(table, Mixer.Mix(Mixer.Mix(_seed, number), (ulong)Version), ordinals);
        return Update(table, id, ordinals);
    }

    /// <summary>Sends new values for the columns of these ordinals.</summary>
    /// <returns>Whether the record exists.</returns>
    /// <exception cref="ArgumentException">A column cannot be updated.</exception>
    public bool Update(SandboxTable table, Guid id, ReadOnlySpan<int> ordinals) =>
        Update(table, id, ordinals, isSilent: false);

    /// <summary>Changes columns without an event; <c>modifiedon</c> and <c>modifiedby</c> stay as they are.</summary>
    /// <returns>Whether the record exists.</returns>
    /// <exception cref="ArgumentException">A column cannot be updated.</exception>
    public bool UpdateSilently(SandboxTable table, Guid id, ReadOnlySpan<int> ordinals) =>
        Update(table, id, ordinals, isSilent: true);

    /// <summary>Deletes a record.</summary>
    /// <returns>Whether it existed.</returns>
    public bool Delete(SandboxTable table, Guid id) => SetAlive(table, id, isAlive: false, MessageKind.Delete);

    /// <summary>Deletes a record without an event.</summary>
    /// <returns>Whether it existed.</returns>
    public bool DeleteSilently(SandboxTable table, Guid id) => SetAlive(table, id, isAlive: false, null);

    /// <summary>Brings a deleted record back as it was, with a new version.</summary>
    /// <returns>Whether it had been deleted.</returns>
    public bool Restore(SandboxTable table, Guid id) => SetAlive(table, id, isAlive: true, MessageKind.Restore);

    /// <summary>How many records exist.</summary>
    public long Count(SandboxTable table) => StoreOf(table).Alive;

    /// <summary>Enumerates the records that exist, each as it is when it is reached.</summary>
    public IEnumerable<SandboxRecord> Records(SandboxTable table)
    {
        var store = StoreOf(table);
        var records = new SandboxRecord[64];
        uint next = 0;
        for (var read = store.ReadAlive(ref next, records); read > 0; read = store.ReadAlive(ref next, records))
        {
            for (var place = 0; place < read; place++)
            {
                yield return records[place];
            }
        }
    }

    /// <summary>Finds a record, alive or deleted.</summary>
    public bool TryFind(SandboxTable table, Guid id, out SandboxRecord record) =>
        StoreOf(table).TryFind(id, out record);

    /// <summary>The value of one column as it was when <paramref name="record"/> was read.</summary>
    public SandboxValue Value(SandboxTable table, in SandboxRecord record, SandboxColumn column)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(column);
        return CellValue.Of(Ids, table, column, CellSource.Draw(table, column, record));
    }

    internal TableStore StoreOf(SandboxTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return _stores[table.Index];
    }

    /// <summary>Takes a version that no change has.</summary>
    internal long SkipVersion() => _versions.Next();

    private void Seed(TableStore store, long rows)
    {
        const uint FiveYears = 5 * 365 * 86_400;
        var now = RecordTime.ToSeconds(_clock.GetUtcNow());
        lock (store.Gate)
        {
            for (long row = 0; row < rows; row++)
            {
                var hash = Mixer.Mix(_seed, ((ulong)store.Table.Index << 32) + store.Count);
                var createdOn = now - (uint)Mixer.Below(hash, (int)FiveYears);
                var modifiedOn = createdOn + (uint)((now - createdOn) * (hash & 0xFF) / 256);
                store.Begin(store.Reserve(), _versions.Next(), createdOn, modifiedOn);
            }
        }
    }

    private Guid Create(SandboxTable table, bool isSilent)
    {
        var store = StoreOf(table);
        var number = store.Reserve();
        lock (_locks.Of(table, number))
        {
            SandboxRecord record;
            lock (store.Gate)
            {
                var now = RecordTime.ToSeconds(_clock.GetUtcNow());
                store.Begin(number, _versions.Next(), now, now);
                record = store.Read(number);
            }

            if (!isSilent)
            {
                Post(table, MessageKind.Create, record, default);
            }

            return record.Id;
        }
    }

    private bool Update(SandboxTable table, Guid id, ReadOnlySpan<int> ordinals, bool isSilent)
    {
        var store = StoreOf(table);
        if (!Ids.TryGetNumber(table.Index, id, out var number) || number >= store.Count)
        {
            return false;
        }

        Span<int> changed = stackalloc int[byte.MaxValue];
        var sent = changed[..SentColumns.Gather(table, ordinals, changed)];
        changed[sent.Length] = _poster.ShapeOf(table).ModifiedBy;
        changed = changed[..(sent.Length + (isSilent ? 0 : 1))];
        lock (_locks.Of(table, number))
        {
            SandboxRecord record;
            lock (store.Gate)
            {
                ref var state = ref store.At(number);
                if (!state.IsAlive)
                {
                    return false;
                }

                state.Revisions = ColumnRevisions.Raise(state.Revisions, changed);
                state.ModifiedOn = isSilent ? state.ModifiedOn : RecordTime.ToSeconds(_clock.GetUtcNow());

                store.Log(number, _versions.Next(), 0);
                record = store.Read(number);
            }

            if (!isSilent)
            {
                Post(table, MessageKind.Update, record, sent);
            }

            return true;
        }
    }

    private bool SetAlive(SandboxTable table, Guid id, bool isAlive, MessageKind? message)
    {
        var store = StoreOf(table);
        if (!Ids.TryGetNumber(table.Index, id, out var number) || number >= store.Count)
        {
            return false;
        }

        lock (_locks.Of(table, number))
        {
            SandboxRecord record;
            lock (store.Gate)
            {
                ref var state = ref store.At(number);
                if (state.IsAlive == isAlive || state.Version == 0)
                {
                    return false;
                }

                state.IsAlive = isAlive;
                store.Log(number, _versions.Next(), isAlive ? 1 : -1);
                record = store.Read(number);
            }

            if (message is { } kind)
            {
                Post(table, kind, record, default);
            }

            return true;
        }
    }

    private void Post(SandboxTable table, MessageKind kind, in SandboxRecord record, ReadOnlySpan<int> sent) =>
        _poster.Post(table, kind, record, sent, _clock);
}
