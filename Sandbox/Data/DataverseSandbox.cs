namespace DataExport.Sandbox;

/// <summary>
/// A Dataverse environment in memory. Every change gets the next version number and is posted to the sink as Dataverse
/// would post it. Thread-safe: two changes of one record, their posts included, never overlap.
/// </summary>
public sealed partial class DataverseSandbox
{
    private readonly TimeProvider _clock;
    private readonly NotificationPoster _poster;
    private readonly SandboxModel _model;
    private readonly TableStore[] _stores;
    private readonly RecordLocks _locks = new();
    private readonly ulong _seed;
    private readonly VersionCounter _versions = new();
    private long _metadataVersion = 81_011_296;

    /// <param name="options">How it is made.</param>
    /// <param name="clock">What <c>createdon</c> and <c>modifiedon</c> are taken from.</param>
    /// <param name="sink">Where changes are posted to; without one they raise no event.</param>
    public DataverseSandbox(DataverseSandboxOptions options, TimeProvider clock, INotificationSink? sink = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _clock = clock;
        _model = options.Model ?? SandboxTables.Build(options.Seed);
        _seed = Mixer.Mix((ulong)(uint)_model.Seed, "sandbox");
        Options = options;
        Registration = new SandboxRegistration(_model.Tables, clock);
        Ids = new RecordIds(_model.Seed, _model.Catalog.Names);
        OrganizationId = DrawnId.Of(_seed);
        _stores = [.. _model.Tables.Select(table => new TableStore(table, Ids, _versions, options.RecordsPerTableMax))];
        Sets = new SetRows(_model, _stores, _versions);
        Parties = Array.Find(_stores, store => store.Table.IsParties) is { } parties
            ? new PartyRows(parties, _versions)
            : null;
        _poster = new NotificationPoster(new MessageWriter(options, Ids, OrganizationId, Parties), this, sink);
        LoadIds();
        new Seeding(this, _model, _stores, _versions).Load();
    }

    /// <summary>The organization's id.</summary>
    public Guid OrganizationId { get; private set; }

    /// <summary>Whether it lets nobody in but administrators, who are others than the caller.</summary>
    public bool IsInAdministrationMode { get; set; }

    /// <summary>All tables.</summary>
    public IReadOnlyList<SandboxTable> Tables => _model.Tables;

    /// <summary>All N:N relationships.</summary>
    public IReadOnlyList<SandboxRelationship> Relationships => Sets.Relationships;

    /// <summary>The highest version number given out.</summary>
    public long Version => _versions.Current;

    /// <summary>Grows with every change of the metadata.</summary>
    public long MetadataVersion => Interlocked.Read(ref _metadataVersion);

    /// <summary>Whether it is to be filled: <see langword="false"/> when its rows came from files.</summary>
    public bool TakesRows => _model.TakesRows;

    internal SandboxModel Model => _model;

    internal DataverseSandboxOptions Options { get; }

    internal RecordIds Ids { get; }

    internal SandboxRegistration Registration { get; }

    internal TimeProvider Clock => _clock;

    internal SetRows Sets { get; }

    internal PartyRows? Parties { get; }

    /// <summary>The table of a logical name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public SandboxTable Table(string name) => Array.Find(_model.Tables, table => table.Name == name)
        ?? throw new ArgumentException($"The sandbox has no table '{name}'.", nameof(name));

    /// <summary>
    /// Adds so many rows to all tables together, without events, created and changed in the five years before now.
    /// </summary>
    public void Seed(long rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        new Seeding(this, _model, _stores, _versions).Fill(rows);
    }

    /// <summary>
    /// Changes the metadata: the column is there for readers from now on, or is gone for them. Messages name it in
    /// either case, as they name other columns that cannot be read.
    /// </summary>
    public void SetReadable(SandboxColumn column, bool isReadable)
    {
        ArgumentNullException.ThrowIfNull(column);
        column.IsHidden = !isReadable;
        _ = Interlocked.Increment(ref _metadataVersion);
    }

    /// <summary>Changes the metadata: a list of the table's changes is kept from now on, or no more.</summary>
    public void SetTracked(SandboxTable table, bool isTracked)
    {
        ArgumentNullException.ThrowIfNull(table);
        table.IsTracked = isTracked;
        _ = Interlocked.Increment(ref _metadataVersion);
    }

    /// <summary>Makes a table an elastic one. To be called before anything is read.</summary>
    public void MakeElastic(SandboxTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        table.IsElastic = true;
        _ = Interlocked.Increment(ref _metadataVersion);
    }

    /// <summary>Makes it another organization with the same records, as a copy or a reset does.</summary>
    public void ReplaceOrganization() => OrganizationId = DrawnId.Of(Mixer.Mix(_seed, "copy"));

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
        if (table.Updatable.Length == 0 || !StoreOf(table).TryGetNumber(id, out var number))
        {
            return false;
        }

        Span<int> ordinals = stackalloc int[Math.Clamp(columns, 1, table.Updatable.Length)];
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

    private TableStore OrdinaryStoreOf(SandboxTable table)
    {
        var store = StoreOf(table);
        return !table.HasSets ? store : throw new ArgumentException(
            $"The rows of {table.Name} come and go with other records.", nameof(table));
    }

    /// <summary>Lookups point to the records that were loaded, too.</summary>
    private void LoadIds()
    {
        for (var index = 0; index < _model.Loaded.Length; index++)
        {
            Ids.Load(index, [.. _model.Loaded[index].TakeWhile(row => row.Values.Id is not null)
                .Select(row => row.Values.Id!.Value)]);
        }
    }

    internal TableStore? StoreOf(string table) => Array.Find(_stores, store => store.Table.Name == table);

    /// <summary>Takes a version that no change has.</summary>
    internal long SkipVersion() => _versions.Next();
}
