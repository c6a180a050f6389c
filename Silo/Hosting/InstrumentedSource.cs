using System.Collections.Immutable;
using DataExport.Grains.Ports;
using DataExport.Silo.Telemetry;

namespace DataExport.Silo.Hosting;

/// <summary>A source whose pages and fetches are counted.</summary>
internal sealed class InstrumentedSource(ISourceEnvironment source, ProfileInstruments instruments) : ISourceEnvironment
{
    public Task<Guid> GetOrganizationIdAsync(CancellationToken cancellationToken) =>
        source.GetOrganizationIdAsync(cancellationToken);

    public Task<ImmutableArray<TableDefinition>> ReadTablesAsync(
        IReadOnlyList<string>? tables, CancellationToken cancellationToken) =>
        source.ReadTablesAsync(tables, cancellationToken);

    public async Task<SourcePage> ReadPageAsync(
        TableDefinition table, string? link, bool idsOnly, CancellationToken cancellationToken)
    {
        var page = await source.ReadPageAsync(table, link, idsOnly, cancellationToken);
        instruments.PageLoaded(table.Name, page.Rows.Count);
        return page;
    }

    public Task<IReadOnlyList<FetchedTable>> FetchAsync(
        IReadOnlyList<FetchRequest> requests, CancellationToken cancellationToken)
    {
        instruments.FetchSent(requests.Sum(static request => request.RecordIds.Count));
        return source.FetchAsync(requests, cancellationToken);
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
