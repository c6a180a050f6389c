using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using DataExport.Grains.Ports;

namespace DataExport.Dataverse.WebApi;

/// <summary>A Dataverse environment, read through its Web API.</summary>
internal sealed class DataverseEnvironment(WebApiClient client, string? maskKey = null) : ISourceEnvironment
{
    // Links of a batch's answer are the exception; more than this many would be a circle.
    private const int NextLinksMax = 1_000;
    private readonly MetadataReader _metadata = new(client);
    private readonly ConditionalWeakTable<TableDefinition, RowShape> _shapes = [];
    private WhoAmIAnswer? _caller;

    /// <inheritdoc/>
    public async Task<Guid> GetOrganizationIdAsync(CancellationToken cancellationToken)
    {
        try
        {
            _caller = await _metadata.WhoAmIAsync(cancellationToken);
            return _caller.OrganizationId;
        }
        catch (SourceException refused) when (refused.IsLackOfRight)
        {
            // Whom everybody who is let in may ask: a right to tables is not what is missing.
            throw new SourceException(
                SourceFault.Forbidden,
                $"{refused.Message} It refuses the application user altogether: the environment is in administration "
                + "mode, or the user was disabled or has no security role. End that; replication then goes on by "
                + "itself, and the next delta syncs bring what changed meanwhile.");
        }
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<TableDefinition>> ReadTablesAsync(
        IReadOnlyList<string>? tables, IReadOnlyList<string> relationships, CancellationToken cancellationToken) =>
        _metadata.ReadAsync(tables, relationships, cancellationToken);

    /// <inheritdoc/>
    public Task<string?> GetMetadataVersionAsync(TableDefinition table, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        return _metadata.GetVersionAsync(table, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<SourcePage> ReadPageAsync(
        TableDefinition table, string? link, PageKind kind, RowSink? sink, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        var shape = ShapeOf(table);
        var select = kind is PageKind.Ids ? shape.SelectIds : shape.SelectAll;
        var address = link is null
            ? client.Address.Of($"{table.EntitySetName}?$select={select}")
            : client.Address.Follow(link);
        return await GetPageAsync(
            shape,
            address,
            $"odata.maxpagesize={client.Options.PageRowsMax},{(table.IsUntracked ? "" : "odata.track-changes,")}"
                + WebApiClient.LookupAnnotations,
            (kind, sink),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<SourcePage> ReadRangeAsync(
        TableDefinition table, CreationRange range, string? link, RowSink? sink, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        var shape = ShapeOf(table);
        var filter = Uri.EscapeDataString(RangeFilter.Of(range));
        var address = link is null
            ? client.Address.Of($"{table.EntitySetName}?$select={shape.SelectAll}&$filter={filter}")
            : client.Address.Follow(link);
        return GetPageAsync(
            shape,
            address,
            $"odata.maxpagesize={client.Options.PageRowsMax},{WebApiClient.LookupAnnotations}",
            (PageKind.Rows, sink),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FetchedTable>> FetchAsync(
        IReadOnlyList<FetchRequest> requests, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(requests);
        return requests.Count == 0
            ? []
            : await FetchInHalves.AsNeededAsync(requests, FetchOnceAsync, cancellationToken);
    }

    /// <summary>Nothing to release: the connections belong to the factory.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<IReadOnlyList<FetchedTable>> FetchOnceAsync(
        IReadOnlyList<FetchRequest> requests, CancellationToken cancellationToken)
    {
        var caller = _caller ??= await _metadata.WhoAmIAsync(cancellationToken);
        var fetch = new RecordFetch(requests, client.Options, ShapeOf);
        using var message = fetch.ToBatch(caller.UserId).ToMessage(client.Address);
        _ = await client.SendAsync(
            message,
            SourceWork.Fetch,
            async (content, token) =>
            {
                await ReadBatchAsync(fetch, content, token);
                return true;
            },
            cancellationToken);
        await FollowAsync(fetch, cancellationToken);
        return fetch.ToAnswers();
    }

    private async Task<SourcePage> GetPageAsync(
        RowShape shape,
        Uri address,
        string prefer,
        (PageKind Kind, RowSink? Sink) read,
        CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        _ = request.Headers.TryAddWithoutValidation("Prefer", prefer);
        var page = new PageReader(shape, read.Kind is PageKind.Ids);
        return await client.SendAsync(
            request,
            read.Kind is PageKind.Changes ? SourceWork.Sync : SourceWork.Load,
            async (content, token) =>
            {
                await using var stream = await content.ReadAsStreamAsync(token);
                await page.ReadAsync(stream, client.Options, read.Sink, token);
                return page.Page.Build();
            },
            cancellationToken);
    }

    private async Task ReadBatchAsync(RecordFetch fetch, HttpContent content, CancellationToken cancellationToken)
    {
        var parameters = content.Headers.ContentType?.Parameters ?? [];
        var boundary = parameters.FirstOrDefault(parameter => parameter.Name == "boundary")?.Value
            ?? throw new SourceException(SourceFault.Unavailable, "The environment's answer to a batch has no parts.");
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var body = await PooledBody.ReadAsync(stream, client.Options.FetchBytesMax, cancellationToken);
        fetch.Read(body.Bytes, boundary.Trim('"'));
    }

    private async Task FollowAsync(RecordFetch fetch, CancellationToken cancellationToken)
    {
        for (var index = 0; index < fetch.NextLinks.Count; index++)
        {
            if (index == NextLinksMax)
            {
                throw new SourceException(SourceFault.Unavailable, "The answer to a fetch does not end.");
            }

            var link = fetch.NextLinks[index];
            try
            {
                fetch.AddPage(link, await GetPageAsync(
                    ShapeOf(fetch.TableOf(link)),
                    client.Address.Follow(link.Link),
                    WebApiClient.LookupAnnotations,
                    (PageKind.Changes, Sink: null),
                    cancellationToken));
            }
            catch (SourceException unreadable) when (unreadable.Fault is SourceFault.Unreadable)
            {
                fetch.Refuse(link.Request, unreadable);
            }
        }
    }

    private RowShape ShapeOf(TableDefinition table) =>
        _shapes.GetValue(table, definition => new RowShape(definition, maskKey));
}
