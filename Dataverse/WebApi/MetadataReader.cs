using System.Collections.Immutable;
using DataExport.Grains.Ports;

namespace DataExport.Dataverse.WebApi;

/// <summary>
/// Reads table definitions: one request for the tables, then for each its columns and what their types add.
/// </summary>
internal sealed class MetadataReader(WebApiClient client)
{
    private const int ColumnsMax = ushort.MaxValue;

    private const string EntitySelect = "EntityDefinitions?$select=LogicalName,SchemaName,EntitySetName,"
        + "PrimaryIdAttribute,PrimaryNameAttribute,ObjectTypeCode,IsIntersect,IsActivity,"
        + "ChangeTrackingEnabled,TableType,Privileges";

    private static readonly (string[] AttributeTypes, string Cast, string Query)[] TypedRequests =
    [
        (["String"], "String", "$select=LogicalName,MaxLength,DatabaseLength"),
        (["Memo"], "Memo", "$select=LogicalName,MaxLength"),
        (["Decimal"], "Decimal", "$select=LogicalName,Precision"),
        (["Double"], "Double", "$select=LogicalName,Precision"),
        (["Money"], "Money", "$select=LogicalName,Precision,PrecisionSource"),
        (["DateTime"], "DateTime", "$select=LogicalName,Format,DateTimeBehavior"),
        (["Lookup", "Customer", "Owner", "PartyList"], "Lookup", "$select=LogicalName,Targets"),
        (["Picklist"], "Picklist", OptionQuery),
        (["Virtual", "MultiSelectPicklist"], "MultiSelectPicklist", OptionQuery),
        (["State"], "State", OptionQuery),
        (["Status"], "Status", OptionQuery),
        (["Boolean"], "Boolean", OptionQuery),
    ];

    private const string VersionAnnotation =
        $"odata.include-annotations=\"{VersionAnswer.Annotation}\"";

    private const string OptionQuery = "$select=LogicalName&$expand=OptionSet,GlobalOptionSet";

    private readonly MetadataRequests _requests = new(client);

    /// <summary>Who the caller is, and in which organization.</summary>
    public Task<WhoAmIAnswer> WhoAmIAsync(CancellationToken cancellationToken) =>
        _requests.GetAsync<WhoAmIAnswer>("WhoAmI", cancellationToken);

    /// <summary>The number of the environment's metadata, which any answer with annotations tells.</summary>
    public async Task<string?> GetVersionAsync(TableDefinition table, CancellationToken cancellationToken) =>
        (await _requests.GetAsync<VersionAnswer>(
            $"{table.EntitySetName}?$select={table.PrimaryIdColumn}&$top=1", cancellationToken, VersionAnnotation))
        .Version;

    /// <summary>
    /// Describes the named tables in their order and then the intersect tables of the named relationships; or all that
    /// have change tracking.
    /// </summary>
    public async Task<ImmutableArray<TableDefinition>> ReadAsync(
        IReadOnlyList<string>? names, IReadOnlyList<string> relationships, CancellationToken cancellationToken)
    {
        var reader = new RelationshipReader(_requests);
        var intersects = await reader.FindIntersectsAsync(relationships, cancellationToken);
        string[] all = [.. names ?? [], .. intersects];
        var entities = all.Length > 0
            ? await FindAsync(all, cancellationToken)
            : await ReadAllAsync(cancellationToken);
        await reader.DescribeAsync(entities, cancellationToken);
        var tables = new TableDefinition[entities.Count];
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = _requests.RequestsMax,
            CancellationToken = cancellationToken,
        };
        await Parallel.ForAsync(0, entities.Count, parallel, async (index, token) =>
            tables[index] = await ReadTableAsync(entities[index], reader, token));
        return ImmutableArray.Create(tables);
    }

    private async Task<List<EntityAnswer>> ReadAllAsync(CancellationToken cancellationToken)
    {
        var all = await _requests.GetListAsync<EntityAnswer>(EntitySelect, cancellationToken);
        return [.. all.Where(entity => entity is { ChangeTrackingEnabled: true, EntitySetName.Length: > 0 })];
    }

    private async Task<List<EntityAnswer>> FindAsync(
        IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, EntityAnswer>(StringComparer.OrdinalIgnoreCase);
        foreach (var entity in await _requests.FindAsync<EntityAnswer>(
            EntitySelect, "LogicalName", names, cancellationToken))
        {
            found[entity.LogicalName] = entity;
        }

        return
        [
            .. names.Distinct(StringComparer.OrdinalIgnoreCase)
                .Select(name => Usable(name, found.GetValueOrDefault(name))),
        ];
    }

    private static EntityAnswer Usable(string name, EntityAnswer? entity) => entity switch
    {
        null => throw new SourceException(
            SourceFault.NotFound, $"The environment has no table '{name}', or the application user may not see it."),
        { EntitySetName: null or "" } or { PrimaryIdAttribute: null or "" } => throw new SourceException(
            SourceFault.NotFound, $"Table '{name}' is not served by the Web API."),
        _ => entity,
    };

    private async Task<TableDefinition> ReadTableAsync(
        EntityAnswer entity, RelationshipReader relationships, CancellationToken cancellationToken)
    {
        var path = $"EntityDefinitions(LogicalName='{MetadataRequests.Quoted(entity.LogicalName)}')/Attributes";
        var all = await _requests.GetListAsync<AttributeAnswer>(path, cancellationToken);
        var attributes = AttributeReading.Replicated(all).Take(ColumnsMax).ToList();
        var typed = await ReadTypedAsync(path, attributes, cancellationToken);
        return new TableDefinition
        {
            Name = entity.LogicalName,
            SchemaName = entity.SchemaName ?? "",
            EntitySetName = entity.EntitySetName!,
            PrimaryIdColumn = entity.PrimaryIdAttribute!,
            IsElastic = entity.TableType == "Elastic",
            IsUntracked = entity.ChangeTrackingEnabled is not true,
            Relationships = relationships.Of(entity),
            ReadPrivileges = relationships.ReadPrivilegesOf(entity),
            Columns = [.. attributes.Select(
                attribute => AttributeReading.ToColumn(attribute, typed.GetValueOrDefault(attribute.LogicalName)))],
        };
    }

    private async Task<Dictionary<string, AttributeAnswer>> ReadTypedAsync(
        string path, List<AttributeAnswer> attributes, CancellationToken cancellationToken)
    {
        var typed = new Dictionary<string, AttributeAnswer>(StringComparer.Ordinal);
        var present = attributes.Select(attribute => attribute.AttributeType).ToHashSet(StringComparer.Ordinal);
        foreach (var (types, cast, query) in TypedRequests)
        {
            if (!present.Overlaps(types))
            {
                continue;
            }

            var request = $"{path}/Microsoft.Dynamics.CRM.{cast}AttributeMetadata?{query}";
            foreach (var attribute in await _requests.GetListAsync<AttributeAnswer>(request, cancellationToken))
            {
                typed[attribute.LogicalName] = attribute;
            }
        }

        return typed;
    }
}
