using System.Xml.Linq;

namespace DataExport.Sandbox;

/// <summary>
/// Reads the tables of one file, whatever stands around them: an export alone, one of several, or an XrmMockup
/// skeleton. A table is recognized by its list of attributes; attributes are read one at a time.
/// </summary>
internal sealed class MetadataFile
{
    private const string Remedy = "Export EntityMetadata as XML, with its attributes and relationships.";

    private readonly List<ExportedEntity> _entities = [];
    private ExportedEntity? _entity;
    private int _depth;

    /// <exception cref="ImportException">The file is no XML or holds no table.</exception>
    public static IReadOnlyList<ExportedEntity> Read(string file)
    {
        var parser = new MetadataFile();
        using var reader = new ImportReader(file, Remedy);
        _ = reader.Read();
        while (!reader.IsAtEnd)
        {
            if (!parser.TryTake(reader))
            {
                _ = reader.Read();
            }
        }

        parser.End();
        return parser._entities.Count > 0
            ? parser._entities
            : throw new ImportException(file, 0, "It holds no EntityMetadata.", Remedy);
    }

    /// <summary>Takes what the reader stands on. Returns whether that moved the reader on.</summary>
    private bool TryTake(ImportReader reader)
    {
        if (reader.IsStart && reader.Name == "AttributeMetadata" && _entity is not null)
        {
            _entity.Attributes.Add(new ExportedAttribute(reader.ReadElement()));
            return true;
        }

        if (reader.IsStart && reader.Name == "Attributes" && _entity is null)
        {
            (_entity, _depth) = (new ExportedEntity(), reader.Depth);
            return false;
        }

        if (reader.IsEnd && _entity is not null && reader.Depth < _depth)
        {
            End();
        }

        return reader.IsStart && _entity is not null && reader.Depth == _depth && TryTakeMember(reader, _entity);
    }

    private static bool TryTakeMember(ImportReader reader, ExportedEntity entity)
    {
        switch (reader.Name)
        {
            case "LogicalName" or "SchemaName" or "EntitySetName" or "PrimaryIdAttribute" or "PrimaryNameAttribute"
                or "ObjectTypeCode" or "IsActivity" or "IsIntersect" or "OwnershipType":
                var member = reader.ReadElement();
                entity.Set(member.Name.LocalName, member.Value);
                return true;
            case "Privileges":
                entity.ReadPrivilege = reader.ReadElement().Elements()
                    .FirstOrDefault(each => Value(each, "PrivilegeType") == "Read") is { } read
                        ? Value(read, "Name")
                        : null;
                return true;
            case "ManyToManyRelationships":
                entity.Relationships.AddRange(reader.ReadElement().Elements().Select(ToRelationship));
                return true;
            default:
                return false;
        }
    }

    private void End()
    {
        if (_entity is { Name.Length: > 0, PrimaryId.Length: > 0, Attributes.Count: > 0 } entity)
        {
            _entities.Add(entity);
        }

        _entity = null;
    }

    private static SandboxRelationship ToRelationship(XElement element) =>
        new(Value(element, "SchemaName"), Value(element, "IntersectEntityName"))
        {
            Table1 = Value(element, "Entity1LogicalName"),
            Column1 = Value(element, "Entity1IntersectAttribute"),
            Table2 = Value(element, "Entity2LogicalName"),
            Column2 = Value(element, "Entity2IntersectAttribute"),
        };

    private static string Value(XElement parent, string name) =>
        parent.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value ?? "";
}
