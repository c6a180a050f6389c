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

    public Guid MetadataId => DrawnId.Of(Mixer.Mix(Column.Salt, Name));

    /// <summary>All attributes of a table.</summary>
    public static AttributeEntry[] Of(SandboxTable table) => [.. table.Columns.SelectMany(Of)];

    private static IEnumerable<AttributeEntry> Of(SandboxColumn column)
    {
        yield return OfColumn(column);
        if (column.IsReference)
        {
            yield return Companion(column, "name", "String", "StringType", "String");
            yield return Companion(column, "yominame", "String", "StringType", "String");
        }

        if (column.Targets.Count > 1)
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
        var type = column.Type is SandboxColumnType.UniqueIdentifier ? "Uniqueidentifier" : column.Type.ToString();
        var cast = column.Type switch
        {
            SandboxColumnType.Customer or SandboxColumnType.Owner => "Lookup",
            SandboxColumnType.UniqueIdentifier => "UniqueIdentifier",
            _ => type,
        };
        return new AttributeEntry(column.Name, type, type + "Type", cast) { Column = column };
    }

    private static AttributeEntry Companion(
        SandboxColumn column, string suffix, string attributeType, string typeName, string cast) =>
        new(column.Name + suffix, attributeType, typeName, cast) { Column = column, IsCompanion = true };
}
