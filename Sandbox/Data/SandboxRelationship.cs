namespace DataExport.Sandbox;

/// <summary>An N:N relationship: each row of its intersect table holds an id of either side.</summary>
/// <param name="SchemaName">The name that messages bear.</param>
/// <param name="Intersect">Logical name of the intersect table.</param>
public sealed record SandboxRelationship(string SchemaName, string Intersect)
{
    /// <summary>Logical name of the table on one side.</summary>
    public required string Table1 { get; init; }

    /// <summary>The intersect table's column that holds its record's id.</summary>
    public required string Column1 { get; init; }

    /// <summary>Logical name of the table on the other side; may be the same.</summary>
    public required string Table2 { get; init; }

    /// <summary>The intersect table's column that holds its record's id.</summary>
    public required string Column2 { get; init; }
}
