namespace DataExport.Sandbox;

/// <summary>One entity of <c>data_schema.xml</c>, and what its records show.</summary>
internal sealed class SchemaTable(string name, int objectTypeCode, string primaryId, string primaryName)
{
    private static readonly (string Name, SandboxColumnType Type)[] Always =
    [
        ("createdon", SandboxColumnType.DateTime),
        ("modifiedon", SandboxColumnType.DateTime),
        ("ownerid", SandboxColumnType.Owner),
        ("versionnumber", SandboxColumnType.BigInt),
    ];

    private readonly List<ImportedColumn> _columns = [];
    private readonly Dictionary<string, ImportedColumn> _byName = new(StringComparer.Ordinal);

    public string Name => name;

    public string PrimaryId => primaryId;

    public IReadOnlyList<ImportedColumn> Columns => _columns;

    public bool IsActivity => primaryId == ActivityPartyTable.Activity
        || _columns.Exists(column => column.Type is SandboxColumnType.PartyList);

    /// <summary>The rows, in the order of the file.</summary>
    public List<LoadedRow> Rows { get; } = [];

    /// <summary>The ids of the rows.</summary>
    public HashSet<Guid> Ids { get; } = [];

    public ImportedColumn? Column(string column) => _byName.GetValueOrDefault(column);

    public ImportedColumn Add(string column, SandboxColumnType type, string? attributeOf = null, int[]? sources = null)
    {
        var added = new ImportedColumn
        {
            Name = column,
            Type = column == "ownerid" ? SandboxColumnType.Owner : type,
            Ordinal = _columns.Count,
            Role = RoleOf(column, type, attributeOf),
            AttributeOf = attributeOf,
            Sources = sources ?? [],
        };
        _columns.Add(added);
        _byName.Add(column, added);
        return added;
    }

    /// <summary>Adds what every table has, and what pictures have beside them; all fields are known.</summary>
    public void Complete()
    {
        foreach (var (column, type) in Always)
        {
            _ = Column(column) ?? Add(column, type);
        }

        if (Column("statecode") is { } state && Column("statuscode") is { } status)
        {
            (status.Role, status.Sources) = (ColumnRole.Status, [state.Ordinal]);
        }

        _ = Column(primaryId) ?? Add(primaryId, SandboxColumnType.UniqueIdentifier);
        foreach (var image in _columns.Where(column => column.Type is SandboxColumnType.Image).ToList())
        {
            var id = Column(image.Name + "id") ?? Add(image.Name + "id", SandboxColumnType.UniqueIdentifier);
            _ = Add(image.Name + "_timestamp", SandboxColumnType.BigInt, id.Name, [id.Ordinal]);
            _ = Add(image.Name + "_url", SandboxColumnType.String, id.Name, [id.Ordinal]);
        }
    }

    public SandboxTable Build(TableCatalog catalog, int seed)
    {
        var names = new TableNames(name, name, ImportedNames.EntitySetOf(name))
        {
            PrimaryId = primaryId,
            PrimaryName = _byName.ContainsKey(primaryName) ? primaryName : null,
            ObjectTypeCode = objectTypeCode,
            ReadPrivilege = IsActivity ? "prvReadActivity" : $"prvRead{name}",
            IsActivity = IsActivity,
        };
        var builder = new TableBuilder(catalog, seed, names);
        foreach (var column in _columns)
        {
            builder.Add(column.ToColumn(), column.Nulls);
        }

        if (_byName.ContainsKey("statecode") && _byName.ContainsKey("statuscode"))
        {
            builder.Accompany("statecode", "statuscode");
        }

        foreach (var image in _columns.Where(column => column.Type is SandboxColumnType.Image))
        {
            builder.Accompany(image.Name + "id", image.Name + "_timestamp", image.Name + "_url");
        }

        return builder.Build();
    }

    private ColumnRole RoleOf(string column, SandboxColumnType type, string? attributeOf) => (column, type) switch
    {
        _ when column == primaryId => ColumnRole.PrimaryId,
        ("versionnumber", _) => ColumnRole.VersionNumber,
        ("createdon", _) => ColumnRole.CreatedOn,
        ("modifiedon", _) => ColumnRole.ModifiedOn,
        (_, SandboxColumnType.PartyList) => ColumnRole.Parties,
        (_, SandboxColumnType.Image) => ColumnRole.Nothing,
        (_, SandboxColumnType.BigInt) when attributeOf is not null => ColumnRole.ImageTime,
        (_, SandboxColumnType.String) when attributeOf is not null => ColumnRole.ImageAddress,
        _ => ColumnRole.Drawn,
    };
}
