using System.Collections.Immutable;
using System.Diagnostics;
using DataExport.Grains.Ports;
using DataExport.Grains.Telemetry;
using DataExport.Silo.Telemetry;

namespace DataExport.Silo.Hosting;

/// <summary>A source whose pages and fetches are counted.</summary>
internal sealed class InstrumentedSource(ISourceEnvironment source, ProfileInstruments instruments) : ISourceEnvironment
{
    public Task<Guid> GetOrganizationIdAsync(CancellationToken cancellationToken) =>
        source.GetOrganizationIdAsync(cancellationToken);

    public Task<ImmutableArray<TableDefinition>> ReadTablesAsync(
        IReadOnlyList<string>? tables, IReadOnlyList<string> relationships, CancellationToken cancellationToken) =>
        source.ReadTablesAsync(tables, relationships, cancellationToken);

    public Task<string?> GetMetadataVersionAsync(TableDefinition table, CancellationToken cancellationToken) =>
        source.GetMetadataVersionAsync(table, cancellationToken);

    public async Task<SourcePage> ReadPageAsync(
        TableDefinition table, string? link, PageKind kind, RowSink? sink, CancellationToken cancellationToken)
    {
        using var span = PathTrace.Source.StartActivity("read page");
        return Counted(await source.ReadPageAsync(table, link, kind, sink, cancellationToken), table, span);
    }

    public async Task<SourcePage> ReadRangeAsync(
        TableDefinition table, CreationRange range, string? link, RowSink? sink, CancellationToken cancellationToken)
    {
        using var span = PathTrace.Source.StartActivity("read page");
        return Counted(await source.ReadRangeAsync(table, range, link, sink, cancellationToken), table, span);
    }

    public async Task<IReadOnlyList<FetchedTable>> FetchAsync(
        IReadOnlyList<FetchRequest> requests, CancellationToken cancellationToken)
    {
        var records = requests.Sum(static request => request.RecordIds.Count);
        using var span = PathTrace.Source.StartActivity("fetch");
        _ = span?.SetTag("records", records);
        instruments.FetchSent(records);
        return await source.FetchAsync(requests, cancellationToken);
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private SourcePage Counted(SourcePage page, TableDefinition table, Activity? span)
    {
        _ = span?.SetTag("table", table.Name).SetTag("rows", page.RowsTotal);
        instruments.PageLoaded(table.Name, page.RowsTotal);
        return page;
    }
}
