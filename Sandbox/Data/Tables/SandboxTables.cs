namespace DataExport.Sandbox;

/// <summary>The tables of a sandbox, in the order of <see cref="RecordIds.Tables"/>.</summary>
internal static class SandboxTables
{
    public static SandboxTable[] Build(int seed) =>
    [
        AccountTable.Build(seed),
        ContactTable.Build(seed),
        OpportunityTable.Build(seed),
        EmailTable.Build(seed),
        TaskTable.Build(seed),
        AnnotationTable.Build(seed),
    ];
}
