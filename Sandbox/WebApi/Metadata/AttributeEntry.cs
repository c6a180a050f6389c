namespace DataExport.Sandbox;

/// <summary>
/// One attribute of a table's metadata: a column, or a virtual companion of one, such as the name of a lookup's record.
/// </summary>
/// <param name="Name">The logical name.</param>
/// <param name="AttributeType">The older word for its type.</param>
/// <param name="TypeName">The exact word for its type.</param>
/// <param name="Cast">The name of its metadata type without <c>AttributeMetadata</c>.</param>
internal sealed record AttributeEntry(string Name, string AttributeType, string TypeName, string Cast)
{
    /// <summary>The column it is, or belongs to.</summary>
    public required SandboxColumn Column { get; init; }

    /// <summary>Whether it is only a companion.</summary>
    public bool IsCompanion { get; init; }

    /// <summary>The column that it accompanies.</summary>
    public string? AttributeOf { get; init; }

    public Guid MetadataId => DrawnId.Of(Mixer.Mix(Column.Salt, Name));

    /// <summary>All attributes of a table.</summary>
    public static AttributeEntry[] Of(SandboxTable table) => table.Companions is { } companions
        ? [.. table.Columns.Select(OfColumn), .. companions]
        : [.. table.Columns.SelectMany(Of)];

    private static IEnumerable<AttributeEntry> Of(SandboxColumn column)
    {
        yield return OfColumn(column);
        if (column.IsReference && column.Targets.Count > 0)
        {
            yield return Companion(column, "name", "String", "StringType", "String");
            yield return Companion(column, "yominame", "String", "StringType", "String");
        }

        if (column.Targets.Count > 1 && column.Type is not SandboxColumnType.PartyList)
        {
            yield return Companion(column, "type", "EntityName", "EntityNameType", "EntityName");
        }

        if (column.Options.Count > 0)
        {
            yield return Companion(column, "name", "Virtual", "VirtualType", "");
        }
    }

    private static AttributeEntry OfColumn(SandboxColumn column)
    {
        var name = column.Type.ToString();
        var (type, typeName, cast) = column.Type switch
        {
            SandboxColumnType.Customer or SandboxColumnType.Owner or SandboxColumnType.PartyList =>
                (name, name + "Type", "Lookup"),
            SandboxColumnType.UniqueIdentifier => ("Uniqueidentifier", "UniqueidentifierType", "UniqueIdentifier"),
            SandboxColumnType.MultiSelect => ("Virtual", "MultiSelectPicklistType", "MultiSelectPicklist"),
            SandboxColumnType.Image => ("Virtual", "ImageType", "Image"),
            _ => (name, name + "Type", name),
        };
        return new AttributeEntry(column.Name, type, typeName, cast)
        {
            Column = column,
            AttributeOf = column.AttributeOf,
        };
    }

    private static AttributeEntry Companion(
        SandboxColumn column, string suffix, string attributeType, string typeName, string cast) =>
        new(column.Name + suffix, attributeType, typeName, cast)
        {
            Column = column,
            IsCompanion = true,
            AttributeOf = column.Name,
        };
}
