namespace DataExport.Dataverse.Notifications;

/// <summary>
/// What a notification says. Made to be kept and filled again by the next decode; not for several threads.
/// </summary>
public sealed class DecodedNotification
{
    private readonly List<RecordChange> _changes = [];
    private readonly List<TableDefinition> _tables = [];
    private readonly List<IReadOnlyList<string>> _mojibake = [];

    /// <summary>The organization that sent it, or the empty GUID.</summary>
    public Guid OrganizationId { get; internal set; }

    /// <summary>The system job that posted it: the same over all redeliveries of one post.</summary>
    public Guid OperationId { get; internal set; }

    /// <summary>The request that raised it, such as <c>Create</c>.</summary>
    public string MessageName { get; internal set; } = "";

    /// <summary>The table it speaks of, or <c>none</c>.</summary>
    public string PrimaryEntityName { get; internal set; } = "";

    /// <summary>The record it speaks of, or the empty GUID.</summary>
    public Guid PrimaryEntityId { get; internal set; }

    /// <summary>When the operation began at the source, UTC, if it tells.</summary>
    public DateTime? OperationCreatedOn { get; internal set; }

    /// <summary>Whether Dataverse left out the columns because of the size.</summary>
    public bool IsTruncated { get; internal set; }

    /// <summary>
    /// Whether it touched records of the catalog's tables, all or some, that it does not name, because its parameters
    /// were left out. No change asks for them: the next delta of their tables brings them.
    /// </summary>
    public bool HasUnnamedRecords { get; internal set; }

    /// <summary>The relationship by which records were associated or disassociated, if it was that.</summary>
    public string? RelationshipName { get; internal set; }

    /// <summary>
    /// Whether a text of it is UTF-8 that was read as Windows-1252 before it was sent: the endpoint's
    /// <c>messagecharset</c> must be UTF-8.
    /// </summary>
    public bool HasMojibake { get; private set; }

    /// <summary>The changes of records of the catalog's tables: none, one, or several. Each is safe to keep.</summary>
    public IReadOnlyList<RecordChange> Changes => _changes;

    /// <summary>
    /// The table definition that the columns of each change were read by, in the order of the changes.
    /// </summary>
    public IReadOnlyList<TableDefinition> Tables => _tables;

    /// <summary>The columns of a change whose text is wrongly encoded, by name; usually none.</summary>
    public IReadOnlyList<string> MojibakeOf(int change) => _mojibake[change];

    internal void Add(RecordChange change, TableDefinition table, IReadOnlyList<string>? mojibake = null)
    {
        _changes.Add(change);
        _tables.Add(table);
        _mojibake.Add(mojibake ?? []);
        HasMojibake |= mojibake is not null;
    }

    internal void Clear()
    {
        OrganizationId = OperationId = PrimaryEntityId = Guid.Empty;
        MessageName = PrimaryEntityName = "";
        OperationCreatedOn = null;
        RelationshipName = null;
        IsTruncated = HasUnnamedRecords = HasMojibake = false;
        _changes.Clear();
        _tables.Clear();
        _mojibake.Clear();
    }
}
