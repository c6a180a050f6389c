namespace DataExport.Sandbox;

/// <summary>Makes a table of an export.</summary>
internal sealed class MetadataTable(ExportedEntity entity, TableCatalog catalog, int seed)
{
    private const int NullsPercent = 35;

    private readonly List<ExportedAttribute> _columns =
        [.. entity.Attributes.Where(attribute => IsColumn(entity, attribute))];

    public SandboxTable Build()
    {
        var names = new TableNames(entity.Name, entity.SchemaName, entity.EntitySetName)
        {
            PrimaryId = entity.PrimaryId,
            PrimaryName = Find(entity.PrimaryName) < 0 ? null : entity.PrimaryName,
            ObjectTypeCode = entity.ObjectTypeCode ?? 10_000 + catalog.IndexOf(entity.Name),
            ReadPrivilege = entity.IsActivity
                ? "prvReadActivity"
                : entity.ReadPrivilege ?? $"prvRead{entity.SchemaName}",
            IsActivity = entity.IsActivity,
            IsUserOwned = entity.IsUserOwned,
        };
        var builder = new TableBuilder(catalog, seed, names);
        foreach (var attribute in _columns)
        {
            builder.Add(ToColumn(attribute), NullsOf(attribute));
        }

        Accompany(builder);
        return builder.Build(companions: columns => [.. Companions(columns)]);
    }

    /// <summary>Whether an attribute holds data: none of another's, but for what tells of a picture.</summary>
    private static bool IsColumn(ExportedEntity entity, ExportedAttribute attribute) =>
        attribute.Name.Length > 0
        && TypeOf(attribute) is not null
        && (attribute.AttributeOf is null || ImageOf(entity, attribute) is not null);

    /// <summary>The name of the picture that an attribute is, or tells of.</summary>
    private static string? ImageOf(ExportedEntity entity, ExportedAttribute attribute)
    {
        var image = attribute.AttributeOf is { } id && id.EndsWith("id", StringComparison.Ordinal) ? id[..^2] : null;
        var tells = image is not null
            && (attribute.Name == image || attribute.Name == image + "_timestamp" || attribute.Name == image + "_url");
        return tells && entity.Attributes.Exists(each => each.Name == image && each.TypeName == "ImageType")
            ? image
            : null;
    }

    private static SandboxColumnType? TypeOf(ExportedAttribute attribute) => attribute.AttributeType switch
    {
        "String" => SandboxColumnType.String,
        "Memo" => SandboxColumnType.Memo,
        "Integer" => SandboxColumnType.Integer,
        "BigInt" => SandboxColumnType.BigInt,
        "Boolean" => SandboxColumnType.Boolean,
        "DateTime" => SandboxColumnType.DateTime,
        "Decimal" => SandboxColumnType.Decimal,
        "Double" => SandboxColumnType.Double,
        "Money" => SandboxColumnType.Money,
        "Picklist" => SandboxColumnType.Picklist,
        "State" => SandboxColumnType.State,
        "Status" => SandboxColumnType.Status,
        "Lookup" => SandboxColumnType.Lookup,
        "Customer" => SandboxColumnType.Customer,
        "Owner" => SandboxColumnType.Owner,
        "Uniqueidentifier" => SandboxColumnType.UniqueIdentifier,
        "EntityName" => SandboxColumnType.EntityName,
        "PartyList" => SandboxColumnType.PartyList,
        _ => attribute.TypeName switch
        {
            "MultiSelectPicklistType" => SandboxColumnType.MultiSelect,
            "ImageType" => SandboxColumnType.Image,
            _ => null,
        },
    };

    private SandboxColumn ToColumn(ExportedAttribute attribute)
    {
        var type = TypeOf(attribute)!.Value;
        var (role, sources) = RoleOf(attribute, type);
        var options = type is SandboxColumnType.Boolean && attribute.Options.Count != 2
            ? [new SandboxOption(0, "No"), new SandboxOption(1, "Yes")]
            : attribute.Options;
        return new SandboxColumn
        {
            Name = attribute.Name,
            Type = type,
            Role = role,
            Sources = sources,
            AttributeOf = attribute.AttributeOf,
            IsReadable = attribute.IsReadable,
            IsFixed = !(attribute.IsUpdatable || IsIdOfImage(attribute)) || !attribute.IsReadable,
            MaxLength = type is SandboxColumnType.EntityName ? 64 : attribute.MaxLength,
            Precision = type is SandboxColumnType.Money ? Math.Min(4, attribute.Precision) : attribute.Precision,
            MinValue = attribute.Min ?? -LargestOf(type),
            MaxValue = attribute.Max ?? LargestOf(type),
            DateBehavior = type is SandboxColumnType.DateTime ? attribute.DateBehavior : null,
            Targets = attribute.Targets,
            GlobalOptionSet = attribute.GlobalOptionSet,
            Style = type is SandboxColumnType.Memo ? TextStyle.Memo : TextStyle.Words,
            Options = [.. options.OrderBy(option => option.State ?? option.Value)],
        };
    }

    private (ColumnRole Role, int[] Sources) RoleOf(ExportedAttribute attribute, SandboxColumnType type)
    {
        var (name, owner) = (attribute.Name, Find("ownerid"));
        return (name, type) switch
        {
            _ when name == entity.PrimaryId => (ColumnRole.PrimaryId, []),
            ("versionnumber", _) => (ColumnRole.VersionNumber, []),
            ("createdon", _) => (ColumnRole.CreatedOn, []),
            ("modifiedon", _) => (ColumnRole.ModifiedOn, []),
            ("modifiedby", _) => (ColumnRole.ModifiedBy, []),
            ("createdonbehalfby" or "modifiedonbehalfby", _) => (ColumnRole.Nothing, []),
            ("owninguser", _) when owner >= 0 => (ColumnRole.OwningUser, [owner]),
            ("owningteam", _) when owner >= 0 => (ColumnRole.OwningTeam, [owner]),
            ("owningbusinessunit", _) when owner >= 0 => (ColumnRole.OwningBusinessUnit, [owner]),
            (_, SandboxColumnType.Status) when Find("statecode") >= 0 => (ColumnRole.Status, [Find("statecode")]),
            (_, SandboxColumnType.PartyList) => (ColumnRole.Parties, []),
            (_, SandboxColumnType.EntityName) => (ColumnRole.TableName, []),
            (_, SandboxColumnType.Image) => (ColumnRole.Nothing, []),
            (_, SandboxColumnType.BigInt) when attribute.AttributeOf is { } id => (ColumnRole.ImageTime, [Find(id)]),
            (_, SandboxColumnType.String) when attribute.AttributeOf is { } id => (ColumnRole.ImageAddress, [Find(id)]),
            _ => (ColumnRole.Drawn, []),
        };
    }

    private void Accompany(TableBuilder builder)
    {
        if (Find("statecode") >= 0 && Find("statuscode") >= 0)
        {
            builder.Accompany("statecode", "statuscode");
        }

        if (Find("ownerid") >= 0)
        {
            AccompanyBy(builder, "ownerid", "owninguser", "owningteam");
        }

        foreach (var attribute in _columns.Where(IsIdOfImage))
        {
            var image = attribute.Name[..^2];
            AccompanyBy(builder, attribute.Name, image + "_timestamp", image + "_url");
        }
    }

    private void AccompanyBy(TableBuilder builder, string name, params string[] companions) =>
        builder.Accompany(name, [.. companions.Where(companion => Find(companion) >= 0)]);

    private bool IsIdOfImage(ExportedAttribute attribute) => entity.Attributes.Exists(
        each => each.AttributeOf == attribute.Name && each.TypeName == "ImageType");

    private IEnumerable<AttributeEntry> Companions(IReadOnlyDictionary<string, SandboxColumn> columns) =>
        entity.Attributes.Where(attribute => attribute.Name.Length > 0 && !columns.ContainsKey(attribute.Name))
            .Select(attribute => new AttributeEntry(
                attribute.Name, attribute.AttributeType, attribute.TypeName, attribute.Cast)
            {
                Column = columns.GetValueOrDefault(attribute.AttributeOf ?? "", columns[entity.PrimaryId]),
                IsCompanion = true,
                AttributeOf = attribute.AttributeOf,
            });

    private int Find(string? name) => _columns.FindIndex(column => column.Name == name);

    private int NullsOf(ExportedAttribute attribute) =>
        attribute.Name == entity.PrimaryName || attribute.AttributeType is "State" or "Status" or "Owner"
            ? 0
            : NullsPercent;

    private static long LargestOf(SandboxColumnType type) => type switch
    {
        SandboxColumnType.Integer => int.MaxValue,
        SandboxColumnType.BigInt => long.MaxValue,
        SandboxColumnType.Money => 922_337_203_685_477,
        SandboxColumnType.Decimal or SandboxColumnType.Double => 100_000_000_000,
        _ => 0,
    };
}
