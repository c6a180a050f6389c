namespace DataExport.Sandbox;

/// <summary>What a column of a registration table holds.</summary>
internal enum ComponentType
{
    Text,
    Number,
    Flag,
    Reference,
    Time,
}

/// <summary>One column of a registration table.</summary>
internal sealed record ComponentColumn(string Name, ComponentType Type)
{
    /// <summary>Longest text; 0 for no limit that matters.</summary>
    public int LengthMax { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>Taken, and never given back.</summary>
    public bool IsWriteOnly { get; init; }

    public bool IsReadOnly { get; init; }

    /// <summary>Of a reference, what stands before <c>@odata.bind</c>, and the set that it leads to.</summary>
    public (string Name, string Set)? Navigation { get; init; }
}

/// <summary>One table of what Dataverse calls registration.</summary>
/// <param name="Name">The logical name.</param>
/// <param name="SchemaName">What its privileges end with.</param>
/// <param name="Columns">All but its id.</param>
internal sealed record ComponentTable(string Name, string SchemaName, ComponentColumn[] Columns)
{
    public string SetName => Name + "s";

    public string IdColumn => Name + "id";

    /// <summary>Whether callers can create, change and delete its rows.</summary>
    public bool IsWritable { get; init; }

    public ComponentColumn? Column(string name) =>
        name == IdColumn ? new ComponentColumn(name, ComponentType.Reference) { IsReadOnly = true }
        : Array.Find(Columns, column => column.Name == name);

    public ComponentColumn? Navigation(string name) =>
        Array.Find(Columns, column => column.Navigation?.Name == name);
}
