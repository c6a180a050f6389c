namespace DataExport.Sandbox;

/// <summary>The tables of a sandbox that nothing was loaded into.</summary>
internal static class SandboxTables
{
    private static readonly string[] Ordinary = ["account", "contact", "opportunity", "email", "task", "annotation"];

    private static readonly SandboxRelationship ContactOpportunities =
        new("contactopportunities_association", "contactopportunities")
        {
            Table1 = "contact",
            Column1 = "contactid",
            Table2 = "opportunity",
            Column2 = "opportunityid",
        };

    /// <summary>The built-in model.</summary>
    public static SandboxModel Build(int seed)
    {
        var catalog = new TableCatalog([.. Ordinary, ActivityPartyTable.Name, ContactOpportunities.Intersect]);
        SandboxTable[] tables =
        [
            AccountTable.Build(catalog, seed),
            ContactTable.Build(catalog, seed),
            OpportunityTable.Build(catalog, seed),
            EmailTable.Build(catalog, seed),
            TaskTable.Build(catalog, seed),
            AnnotationTable.Build(catalog, seed),
            ActivityPartyTable.Build(catalog, seed, ActivityPartyTable.Targets),
            IntersectTable.Build(catalog, seed, ContactOpportunities),
        ];
        return new SandboxModel(seed, catalog, tables, [20, 30, 15, 15, 10, 10]) { ChangesPerSetChange = 64 };
    }
}
