using System.Collections.Immutable;
using DataExport.Grains.Ports;

namespace DataExport.Dataverse.WebApi;

/// <summary>
/// Reads N:N relationships: which intersect table holds their rows, and which privileges show that all of those can be
/// read. An intersect table has none of its own; its rows are read with the right to read both sides.
/// </summary>
internal sealed class RelationshipReader(MetadataRequests requests)
{
    private const string Select = "RelationshipDefinitions/Microsoft.Dynamics.CRM.ManyToManyRelationshipMetadata"
        + "?$select=SchemaName,IntersectEntityName,Entity1LogicalName,Entity1IntersectAttribute,"
        + "Entity2LogicalName,Entity2IntersectAttribute";

    private const string PrivilegeSelect = "EntityDefinitions?$select=LogicalName,Privileges";

    private ILookup<string, RelationshipAnswer> _relationships = Empty<RelationshipAnswer>();
    private Dictionary<string, ImmutableArray<string>> _privileges = [];

    /// <summary>The intersect tables of relationships, by their schema names.</summary>
    /// <exception cref="SourceException">A relationship does not exist, then named.</exception>
    public async Task<IReadOnlyList<string>> FindIntersectsAsync(
        IReadOnlyList<string> schemaNames, CancellationToken cancellationToken)
    {
        var found = (await requests.FindAsync<RelationshipAnswer>(Select, "SchemaName", schemaNames, cancellationToken))
            .ToLookup(static each => each.SchemaName, StringComparer.OrdinalIgnoreCase);
        return [.. schemaNames.Select(name => found[name].FirstOrDefault()?.IntersectEntityName
            ?? throw new SourceException(
                SourceFault.NotFound, $"The environment has no N:N relationship with the schema name '{name}'."))];
    }

    /// <summary>Reads what <see cref="Of"/> and <see cref="ReadPrivilegesOf"/> tell of these tables.</summary>
    public async Task DescribeAsync(IReadOnlyList<EntityAnswer> entities, CancellationToken cancellationToken)
    {
        var intersects = entities
            .Where(static each => each.IsIntersect is true)
            .Select(static each => each.LogicalName);
        var relationships = await requests.FindAsync<RelationshipAnswer>(
            Select, "IntersectEntityName", intersects, cancellationToken);
        _relationships = relationships.ToLookup(static each => each.IntersectEntityName, StringComparer.Ordinal);
        _privileges = entities.ToDictionary(static each => each.LogicalName, OwnReadPrivileges);
        var sides = relationships
            .SelectMany(static each => new[] { each.Entity1LogicalName, each.Entity2LogicalName })
            .Where(side => !_privileges.ContainsKey(side));
        foreach (var side in await requests.FindAsync<EntityAnswer>(
            PrivilegeSelect, "LogicalName", sides, cancellationToken))
        {
            _privileges[side.LogicalName] = OwnReadPrivileges(side);
        }
    }

    /// <summary>The relationships whose rows a table holds.</summary>
    public ImmutableArray<RelationshipDefinition> Of(EntityAnswer entity) =>
    [
        .. _relationships[entity.LogicalName].Select(static each => new RelationshipDefinition(
            each.SchemaName,
            each.Entity1LogicalName,
            each.Entity1IntersectAttribute,
            each.Entity2LogicalName,
            each.Entity2IntersectAttribute)),
    ];

    /// <summary>The privileges that together show that all rows of a table are read; empty when unknown.</summary>
    public ImmutableArray<string> ReadPrivilegesOf(EntityAnswer entity)
    {
        if (entity.IsIntersect is not true)
        {
            return _privileges[entity.LogicalName];
        }

        var sides = _relationships[entity.LogicalName]
            .SelectMany(static each => new[] { each.Entity1LogicalName, each.Entity2LogicalName })
            .Select(side => _privileges.GetValueOrDefault(side, []))
            .ToArray();

        // A side that nothing is known of must not make the other side prove the whole.
        return Array.Exists(sides, static side => side.IsEmpty)
            ? []
            : [.. sides.SelectMany(static side => side).Distinct(StringComparer.Ordinal)];
    }

    private static ImmutableArray<string> OwnReadPrivileges(EntityAnswer entity)
    {
        ImmutableArray<string> named =
        [
            .. (entity.Privileges ?? [])
                .Where(static each => each is { PrivilegeType: "Read", Name.Length: > 0 })
                .Select(static each => each.Name!),
        ];
        return named.IsEmpty && entity.LogicalName == TableDefinition.ActivityPartyTable ? ["prvReadActivity"] : named;
    }

    private static ILookup<string, T> Empty<T>() => Array.Empty<T>().ToLookup(static _ => "");
}
