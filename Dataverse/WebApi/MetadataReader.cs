using System.Collections.Immutable;
using System.Text.Json;
using DataExport.Grains.Ports;

namespace DataExport.Dataverse.WebApi;

/// <summary>
/// Reads table definitions: one request for the tables, then for each its columns and what their types add.
/// </summary>
internal sealed class MetadataReader(WebApiClient client)
{
    private const int ColumnsMax = ushort.MaxValue;
    private const int TablesInFilterMax = 50;

    private const string EntitySelect = "EntityDefinitions?$select=LogicalName,SchemaName,EntitySetName,"
        + "PrimaryIdAttribute,PrimaryNameAttribute,ObjectTypeCode,IsIntersect,IsActivity,ChangeTrackingEnabled";

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

    private const string OptionQuery = "$select=LogicalName&$expand=OptionSet,GlobalOptionSet";

    /// <summary>Who the caller is, and in which organization.</summary>
    public Task<WhoAmIAnswer> WhoAmIAsync(CancellationToken cancellationToken) =>
        GetAsync<WhoAmIAnswer>("WhoAmI", cancellationToken);

    /// <summary>Describes the named tables in their order, or all that have change tracking.</summary>
    public async Task<ImmutableArray<TableDefinition>> ReadAsync(
        IReadOnlyList<string>? names, CancellationToken cancellationToken)
    {
        var entities = names is { Count: > 0 }
            ? await FindAsync(names, cancellationToken)
            : await ReadAllAsync(cancellationToken);
        var tables = new TableDefinition[entities.Count];
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = client.Options.MetadataRequestsMax,
            CancellationToken = cancellationToken,
        };
        await Parallel.ForAsync(0, entities.Count, parallel, async (index, token) =>
            tables[index] = await ReadTableAsync(entities[index], token));
        return ImmutableArray.Create(tables);
    }

    private async Task<List<EntityAnswer>> ReadAllAsync(CancellationToken cancellationToken)
    {
        var all = await GetListAsync<EntityAnswer>(EntitySelect, cancellationToken);
        return [.. all.Where(entity => entity is { ChangeTrackingEnabled: true, EntitySetName.Length: > 0 })];
    }

    private async Task<List<EntityAnswer>> FindAsync(
        IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, EntityAnswer>(StringComparer.OrdinalIgnoreCase);
        foreach (var group in names.Distinct(StringComparer.OrdinalIgnoreCase).Chunk(TablesInFilterMax))
        {
            var filter = string.Join(" or ", group.Select(name => $"LogicalName eq '{Quoted(name)}'"));
            var request = $"{EntitySelect}&$filter={Uri.EscapeDataString(filter)}";
            foreach (var entity in await GetListAsync<EntityAnswer>(request, cancellationToken))
            {
                found[entity.LogicalName] = entity;
            }
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
        { ChangeTrackingEnabled: not true } => throw new SourceException(
            SourceFault.NotFound, $"Table '{name}' has no change tracking. Turn on 'Track changes' in its properties."),
        { EntitySetName: null or "" } or { PrimaryIdAttribute: null or "" } => throw new SourceException(
            SourceFault.NotFound, $"Table '{name}' is not served by the Web API."),
        _ => entity,
    };

    private async Task<TableDefinition> ReadTableAsync(EntityAnswer entity, CancellationToken cancellationToken)
    {
        var path = $"EntityDefinitions(LogicalName='{Quoted(entity.LogicalName)}')/Attributes";
        var all = await GetListAsync<AttributeAnswer>(path, cancellationToken);
        var attributes = all.Where(AttributeReading.IsReplicated).Take(ColumnsMax).ToList();
        var typed = await ReadTypedAsync(path, attributes, cancellationToken);
        return new TableDefinition
        {
            Name = entity.LogicalName,
            SchemaName = entity.SchemaName ?? "",
            EntitySetName = entity.EntitySetName!,
            PrimaryIdColumn = entity.PrimaryIdAttribute!,
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
            foreach (var attribute in await GetListAsync<AttributeAnswer>(request, cancellationToken))
            {
                typed[attribute.LogicalName] = attribute;
            }
        }

        return typed;
    }

    /// <summary>A text in an OData literal. Table names hold no quote, but they come from a profile.</summary>
    private static string Quoted(string text) => text.Replace("'", "''", StringComparison.Ordinal);

    private async Task<IReadOnlyList<T>> GetListAsync<T>(string request, CancellationToken cancellationToken) =>
        (await GetAsync<AnswerList<T>>(request, cancellationToken)).Value
        ?? throw new SourceException(SourceFault.Unavailable, "The environment's answer about metadata has no list.");

    private async Task<T> GetAsync<T>(string request, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, client.Address.Of(request));
        return await client.SendAsync(message, ReadAsync<T>, cancellationToken);
    }

    private async Task<T> ReadAsync<T>(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var body = await PooledBody.ReadAsync(stream, client.Options.AnswerBytesMax, cancellationToken);
        try
        {
            return JsonSerializer.Deserialize<T>(body.Bytes)
                ?? throw new SourceException(
                    SourceFault.Unavailable, "The environment's answer about metadata is empty.");
        }
        catch (JsonException exception)
        {
            throw new SourceException(
                SourceFault.Unavailable, "The environment's answer about metadata cannot be read.", null, exception);
        }
    }
}
