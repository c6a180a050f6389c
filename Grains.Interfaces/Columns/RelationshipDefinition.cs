namespace DataExport;

/// <summary>An N:N relationship: each row of its intersect table holds an id of either side.</summary>
/// <param name="SchemaName">The name that Associate and Disassociate messages bear.</param>
/// <param name="Table1">Logical name of the table on one side.</param>
/// <param name="Column1">The intersect table's column that holds its record's id.</param>
/// <param name="Table2">Logical name of the table on the other side; may be the same.</param>
/// <param name="Column2">The intersect table's column that holds its record's id.</param>
[GenerateSerializer, Immutable, Alias("DataExport.RelationshipDefinition")]
public sealed record RelationshipDefinition(
    [property: Id(0)] string SchemaName,
    [property: Id(1)] string Table1,
    [property: Id(2)] string Column1,
    [property: Id(3)] string Table2,
    [property: Id(4)] string Column2);
