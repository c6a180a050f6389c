namespace DataExport.Sandbox;

/// <summary>One table of an EntityMetadata export.</summary>
internal sealed class ExportedEntity
{
    private readonly Dictionary<string, string> _properties = new(StringComparer.Ordinal);

    public string Name => Property("LogicalName") ?? "";

    public string SchemaName => Property("SchemaName") ?? Name;

    public string EntitySetName => Property("EntitySetName") ?? ImportedNames.EntitySetOf(Name);

    public string PrimaryId => Property("PrimaryIdAttribute") ?? "";

    public string? PrimaryName => Property("PrimaryNameAttribute");

    public int? ObjectTypeCode => int.TryParse(Property("ObjectTypeCode"), out var code) ? code : null;

    public bool IsActivity => Property("IsActivity") == "true";

    public bool IsIntersect => Property("IsIntersect") == "true";

    public bool IsUserOwned => Property("OwnershipType") == "UserOwned";

    /// <summary>The name of the Read privilege, when the export tells it.</summary>
    public string? ReadPrivilege { get; set; }

    public List<ExportedAttribute> Attributes { get; } = [];

    public List<SandboxRelationship> Relationships { get; } = [];

    /// <summary>Keeps a property; an empty one counts as missing.</summary>
    public void Set(string name, string value)
    {
        if (value.Length > 0)
        {
            _properties[name] = value;
        }
    }

    private string? Property(string name) => _properties.GetValueOrDefault(name);
}
