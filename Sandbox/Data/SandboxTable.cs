namespace DataExport.Sandbox;

/// <summary>One table of the sandbox, as its metadata describes it.</summary>
public sealed class SandboxTable
{
    private readonly Dictionary<string, SandboxColumn> _byName;
    private volatile bool _isTracked = true;

    internal SandboxTable(TableNames names, int index, SandboxColumn[] columns)
    {
        Names = names;
        IsParties = names.Name == ActivityPartyTable.Name;
        Index = index;
        All = columns;
        _byName = columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        PrimaryId = _byName[names.PrimaryId];
        PrimaryName = names.PrimaryName is { } name ? _byName[name] : PrimaryId;
        Updatable = Ordinals(column => column.IsUpdatable && column.Type is not SandboxColumnType.PartyList);
        PartyLists = Ordinals(column => column.Type is SandboxColumnType.PartyList);
    }

    /// <summary>The logical name, such as <c>account</c>.</summary>
    public string Name => Names.Name;

    /// <summary>The schema name, such as <c>Account</c>.</summary>
    public string SchemaName => Names.SchemaName;

    /// <summary>The name in the Web API, such as <c>accounts</c>.</summary>
    public string EntitySetName => Names.EntitySetName;

    /// <summary>Number of the table's type, such as 1.</summary>
    public int ObjectTypeCode => Names.ObjectTypeCode;

    /// <summary>Whether the environment keeps a list of its changes.</summary>
    public bool IsTracked
    {
        get => _isTracked;
        internal set => _isTracked = value;
    }

    /// <summary>Whether it is an elastic table: its etags are no versions.</summary>
    public bool IsElastic { get; internal set; }

    /// <summary>Whether the table is a kind of activity.</summary>
    public bool IsActivity => Names.IsActivity;

    /// <summary>The privilege that reading needs, such as <c>prvReadAccount</c>. Activities share one.</summary>
    public string ReadPrivilege => Names.ReadPrivilege;

    /// <summary>The column that holds the record's own id.</summary>
    public SandboxColumn PrimaryId { get; }

    /// <summary>The column that names the record to people; where there is none, that of its id.</summary>
    public SandboxColumn PrimaryName { get; }

    /// <summary>The N:N relationships whose rows it holds; empty for all but intersect tables.</summary>
    public IReadOnlyList<SandboxRelationship> Relationships { get; internal init; } = [];

    /// <summary>Whether it holds the rows of N:N relationships.</summary>
    public bool IsIntersect => Relationships.Count > 0;

    /// <summary>Whether it is the table of activity parties.</summary>
    public bool IsParties { get; }

    /// <summary>
    /// Whether its rows come and go with other records, and no message names them: intersect tables and parties.
    /// </summary>
    public bool HasSets => IsIntersect || IsParties;

    /// <summary>All columns, those that cannot be read included.</summary>
    public IReadOnlyList<SandboxColumn> Columns => All;

    /// <summary>The same columns, for paths where a call through an interface costs too much.</summary>
    internal SandboxColumn[] All { get; }

    internal TableNames Names { get; }

    /// <summary>The place in <see cref="DataverseSandbox.Tables"/> and in <see cref="RecordIds"/>.</summary>
    internal int Index { get; }

    /// <summary>The ordinals that random updates name.</summary>
    internal int[] Updatable { get; }

    /// <summary>The ordinals of lists of parties.</summary>
    internal int[] PartyLists { get; }

    /// <summary>Attributes that metadata lists beside the columns; null: those that the columns' types imply.</summary>
    internal IReadOnlyList<AttributeEntry>? Companions { get; init; }

    /// <summary>The ordinals that rows are found by as a set.</summary>
    internal int[] SetOrdinals => IsParties
        ? [_byName[ActivityPartyTable.Activity].Ordinal]
        : [.. Relationships.SelectMany(each => new[] { each.Column1, each.Column2 }).Distinct()
            .Select(name => _byName[name].Ordinal)];

    /// <summary>Finds a column by its logical name.</summary>
    /// <returns>The column, or <see langword="null"/> when the table has none of that name.</returns>
    public SandboxColumn? Column(string name) => _byName.GetValueOrDefault(name);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private int[] Ordinals(Func<SandboxColumn, bool> fits) =>
        [.. All.Where(fits).Select(column => column.Ordinal)];
}

/// <summary>What a table is called where.</summary>
internal sealed record TableNames(string Name, string SchemaName, string EntitySetName)
{
    public required string PrimaryId { get; init; }

    public string? PrimaryName { get; init; }

    public required int ObjectTypeCode { get; init; }

    /// <summary>Empty for a table whose reading needs the privileges of others.</summary>
    public required string ReadPrivilege { get; init; }

    public bool IsUserOwned { get; init; } = true;

    public bool IsActivity { get; init; }
}
