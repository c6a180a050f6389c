namespace DataExport.Sandbox;

/// <summary>One table of the sandbox, as its metadata describes it.</summary>
public sealed class SandboxTable
{
    private readonly Dictionary<string, SandboxColumn> _byName;

    internal SandboxTable(TableNames names, int index, SandboxColumn[] columns)
    {
        Names = names;
        Index = index;
        All = columns;
        _byName = columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        PrimaryId = _byName[names.PrimaryId];
        PrimaryName = _byName[names.PrimaryName];
        Updatable = [.. columns.Where(column => column.IsUpdatable).Select(column => column.Ordinal)];
    }

    /// <summary>The logical name, such as <c>account</c>.</summary>
    public string Name => Names.Name;

    /// <summary>The schema name, such as <c>Account</c>.</summary>
    public string SchemaName => Names.SchemaName;

    /// <summary>The name in the Web API, such as <c>accounts</c>.</summary>
    public string EntitySetName => Names.EntitySetName;

    /// <summary>Number of the table's type, such as 1.</summary>
    public int ObjectTypeCode => Names.ObjectTypeCode;

    /// <summary>Whether the table is a kind of activity.</summary>
    public bool IsActivity => Names.IsActivity;

    /// <summary>The privilege that reading needs, such as <c>prvReadAccount</c>. Activities share one.</summary>
    public string ReadPrivilege => Names.ReadPrivilege;

    /// <summary>The column that holds the record's own id.</summary>
    public SandboxColumn PrimaryId { get; }

    /// <summary>The column that names the record to people.</summary>
    public SandboxColumn PrimaryName { get; }

    /// <summary>All columns, those that cannot be read included.</summary>
    public IReadOnlyList<SandboxColumn> Columns => All;

    /// <summary>The same columns, for paths where a call through an interface costs too much.</summary>
    internal SandboxColumn[] All { get; }

    internal TableNames Names { get; }

    /// <summary>The place in <see cref="DataverseSandbox.Tables"/> and in <see cref="RecordIds"/>.</summary>
    internal int Index { get; }

    /// <summary>The ordinals that an update may name.</summary>
    internal int[] Updatable { get; }

    /// <summary>Finds a column by its logical name.</summary>
    /// <returns>The column, or <see langword="null"/> when the table has none of that name.</returns>
    public SandboxColumn? Column(string name) => _byName.GetValueOrDefault(name);

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>What a table is called where.</summary>
internal sealed record TableNames(string Name, string SchemaName, string EntitySetName)
{
    public required string PrimaryId { get; init; }

    public required string PrimaryName { get; init; }

    public required int ObjectTypeCode { get; init; }

    public required string ReadPrivilege { get; init; }

    public bool IsActivity { get; init; }
}
