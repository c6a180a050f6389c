namespace DataExport.Sandbox;

/// <summary>Makes a model of a set that the Configuration Migration tool exported.</summary>
internal static class DataImport
{
    /// <exception cref="ImportException">A file is missing or wrong.</exception>
    public static SandboxModel Read(string directory, int seed)
    {
        var schema = DataSchema.Read(Path.Combine(directory, "data_schema.xml"));
        var hasParties = schema.Tables.Any(table => table.IsActivity);
        string[] parties = hasParties ? [ActivityPartyTable.Name] : [];
        var intersects = schema.Relationships.GroupBy(each => each.Intersect).ToList();
        var catalog = new TableCatalog(
            [.. schema.Tables.Select(table => table.Name), .. parties, .. intersects.Select(group => group.Key)]);
        var data = new DataFile(schema, catalog);
        data.Read(Path.Combine(directory, "data.xml"));

        var tables = new List<SandboxTable>();
        var rows = new List<IReadOnlyList<LoadedRow>>();
        foreach (var table in schema.Tables.Where(table => table.Rows.Count > 0))
        {
            catalog.SetRecords(table.Name, table.Rows.Count);
        }

        foreach (var table in schema.Tables)
        {
            tables.Add(table.Build(catalog, seed));
            rows.Add(table.Rows);
        }

        if (hasParties)
        {
            var targets = data.Parties.Targets.Count > 0 ? data.Parties.Targets : ActivityPartyTable.Targets;
            tables.Add(ActivityPartyTable.Build(catalog, seed, targets));
            rows.Add(data.Parties.Rows);
        }

        foreach (var group in intersects)
        {
            var table = IntersectTable.Build(catalog, seed, [.. group]);
            tables.Add(table);
            rows.Add(RowsOf(table, data));
        }

        var shares = schema.Tables.Select(_ => 1).ToArray();
        return new SandboxModel(seed, catalog, [.. tables], shares) { Loaded = [.. rows] };
    }

    private static List<LoadedRow> RowsOf(SandboxTable table, DataFile data) =>
    [
        .. data.Pairs.Where(pair => pair.Relationship.Intersect == table.Name)
            .Distinct()
            .Select(pair => new LoadedRow(IntersectTable.Row(table, pair.Relationship, pair.First, pair.Second))),
    ];
}
