namespace DataExport.Sandbox;

/// <summary>Makes a model of a directory of EntityMetadata exports.</summary>
internal static class MetadataImport
{
    private const string Remedy = "Name a directory that holds EntityMetadata exports, one or more *.xml.";

    /// <exception cref="ImportException">A file is missing or wrong.</exception>
    public static SandboxModel Read(string directory, int seed)
    {
        var entities = ReadAll(directory);
        var names = entities.Select(entity => entity.Name).ToHashSet(StringComparer.Ordinal);
        var intersects = entities.SelectMany(entity => entity.Relationships)
            .Where(each => names.Contains(each.Table1) && names.Contains(each.Table2))
            .DistinctBy(each => each.SchemaName)
            .GroupBy(each => each.Intersect)
            .ToList();
        var hasParties = entities.Exists(HasParties);
        string[] parties = hasParties ? [ActivityPartyTable.Name] : [];
        var catalog = new TableCatalog([.. names, .. parties, .. intersects.Select(group => group.Key)]);
        List<SandboxTable> tables =
            [.. entities.Select(entity => new MetadataTable(entity, catalog, seed).Build())];
        if (hasParties)
        {
            tables.Add(ActivityPartyTable.Build(catalog, seed, ActivityPartyTable.Targets));
        }

        tables.AddRange(intersects.Select(group => IntersectTable.Build(catalog, seed, [.. group])));
        return new SandboxModel(seed, catalog, [.. tables], [.. entities.Select(_ => 1)]);
    }

    private static List<ExportedEntity> ReadAll(string directory)
    {
        var files = Directory.Exists(directory)
            ? Directory.EnumerateFiles(directory, "*.xml").Order(StringComparer.Ordinal).ToList()
            : throw new ImportException(directory, 0, "There is no such directory.", Remedy);
        var entities = new List<ExportedEntity>();
        foreach (var file in files)
        {
            foreach (var entity in MetadataFile.Read(file))
            {
                // Tables of sets are made from what they join; their own metadata adds nothing.
                if (!entity.IsIntersect && entity.Name != ActivityPartyTable.Name)
                {
                    Add(entities, entity, file);
                }
            }
        }

        return entities.Count > 0
            ? entities
            : throw new ImportException(directory, 0, "It holds no table's metadata.", Remedy);
    }

    private static void Add(List<ExportedEntity> entities, ExportedEntity entity, string file)
    {
        if (entities.Exists(other => other.Name == entity.Name))
        {
            throw new ImportException(file, 0, $"Table {entity.Name} comes twice.", "Remove one of the exports.");
        }

        if (!entity.Attributes.Exists(attribute => attribute.Name == entity.PrimaryId))
        {
            throw new ImportException(
                file, 0, $"Table {entity.Name} lacks the attribute {entity.PrimaryId}.", "Export all attributes.");
        }

        entities.Add(entity);
    }

    private static bool HasParties(ExportedEntity entity) =>
        entity.Attributes.Exists(attribute => attribute.AttributeType == "PartyList");
}
