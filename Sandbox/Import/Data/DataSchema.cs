namespace DataExport.Sandbox;

/// <summary>What <c>data_schema.xml</c> says: tables, columns, N:N relationships.</summary>
internal sealed class DataSchema
{
    private const string Remedy =
        "Name a directory that holds data_schema.xml and data.xml, as the Configuration Migration tool packs them.";

    private static readonly Dictionary<string, SandboxColumnType> Types = new(StringComparer.Ordinal)
    {
        ["string"] = SandboxColumnType.String,
        ["memo"] = SandboxColumnType.Memo,
        ["number"] = SandboxColumnType.Integer,
        ["integer"] = SandboxColumnType.Integer,
        ["bigint"] = SandboxColumnType.BigInt,
        ["bool"] = SandboxColumnType.Boolean,
        ["datetime"] = SandboxColumnType.DateTime,
        ["decimal"] = SandboxColumnType.Decimal,
        ["float"] = SandboxColumnType.Double,
        ["double"] = SandboxColumnType.Double,
        ["money"] = SandboxColumnType.Money,
        ["guid"] = SandboxColumnType.UniqueIdentifier,
        ["entityreference"] = SandboxColumnType.Lookup,
        ["owner"] = SandboxColumnType.Owner,
        ["customer"] = SandboxColumnType.Customer,
        ["optionsetvalue"] = SandboxColumnType.Picklist,
        ["optionsetvaluecollection"] = SandboxColumnType.MultiSelect,
        ["partylist"] = SandboxColumnType.PartyList,
        ["state"] = SandboxColumnType.State,
        ["status"] = SandboxColumnType.Status,
        ["imagedata"] = SandboxColumnType.Image,
        ["entityname"] = SandboxColumnType.EntityName,
    };

    private readonly Dictionary<string, SchemaTable> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SandboxRelationship> _relationships = new(StringComparer.Ordinal);

    private DataSchema()
    {
    }

    public IReadOnlyCollection<SchemaTable> Tables => _byName.Values;

    public IReadOnlyCollection<SandboxRelationship> Relationships => _relationships.Values;

    public SchemaTable? Table(string name) => _byName.GetValueOrDefault(name);

    public SandboxRelationship? Relationship(string name) => _relationships.GetValueOrDefault(name);

    /// <exception cref="ImportException">The file is missing or wrong.</exception>
    public static DataSchema Read(string file)
    {
        var schema = new DataSchema();
        using var reader = new ImportReader(file, Remedy);
        SchemaTable? table = null;
        while (reader.Read())
        {
            if (!reader.IsStart)
            {
                continue;
            }

            switch (reader.Name)
            {
                case "entity":
                    table = schema.AddTable(reader);
                    break;
                case "field":
                    AddField(reader, table ?? throw Outside(reader));
                    break;
                case "relationship":
                    schema.AddRelationship(reader, table ?? throw Outside(reader));
                    break;
            }
        }

        return schema.Tables.Count > 0
            ? schema.Completed()
            : throw new ImportException(file, 0, "It names no entity.", "Export schema and data together.");
    }

    private SchemaTable AddTable(ImportReader reader)
    {
        var name = reader.Required("name");
        if (_byName.ContainsKey(name))
        {
            throw reader.Fault($"Entity {name} comes twice.", "Remove one of the two.");
        }

        if (!int.TryParse(reader.Attribute("etc"), out var code))
        {
            code = 10_000 + _byName.Count;
        }

        var table = new SchemaTable(
            name, code, reader.Required("primaryidfield"), reader.Attribute("primarynamefield") ?? "");
        _byName.Add(name, table);
        return table;
    }

    private static void AddField(ImportReader reader, SchemaTable table)
    {
        var (name, type) = (reader.Required("name"), reader.Required("type"));
        if (!Types.TryGetValue(type, out var columnType))
        {
            throw reader.Fault(
                $"Field {name} of {table.Name} has the type '{type}', which is not known.",
                $"Known are {string.Join(", ", Types.Keys)}; remove the field from both files.");
        }

        if (table.Column(name) is not null)
        {
            throw reader.Fault($"Field {name} of {table.Name} comes twice.", "Remove one of the two.");
        }

        var targets = (reader.Attribute("lookupType") ?? "").Split('|', StringSplitOptions.TrimEntries);
        var isCustomer = columnType is SandboxColumnType.Lookup
            && targets.Length == 2 && targets.Contains("account") && targets.Contains("contact");
        var column = table.Add(name, isCustomer ? SandboxColumnType.Customer : columnType);
        Array.ForEach(targets, column.AddTarget);
    }

    private void AddRelationship(ImportReader reader, SchemaTable table)
    {
        if (reader.Attribute("manyToMany") != "true")
        {
            return;
        }

        var name = reader.Required("name");
        var isReflexive = reader.Attribute("isreflexive") == "true";
        var target = reader.Required("m2mTargetEntity");
        var key = reader.Required("m2mTargetEntityPrimaryKey");

        // Both sides may list it; the first one counts.
        _ = _relationships.TryAdd(name, new SandboxRelationship(name, reader.Required("relatedEntityName"))
        {
            Table1 = table.Name,
            Column1 = isReflexive || target == table.Name ? table.PrimaryId + "one" : table.PrimaryId,
            Table2 = target,
            Column2 = isReflexive || target == table.Name ? key + "two" : key,
        });
    }

    private DataSchema Completed()
    {
        foreach (var table in Tables)
        {
            table.Complete();
        }

        return this;
    }

    private static ImportException Outside(ImportReader reader) =>
        reader.Fault($"<{reader.Name}> stands outside an entity.", "Export the files again.");
}
