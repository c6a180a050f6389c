using System.Collections.Immutable;
using DataExport.Grains.Ports;

namespace DataExport.Grains.Tests.Confirming;

/// <summary>A source whose sets are all larger than what one fetch brings.</summary>
internal sealed class HugeSets : ISourceEnvironment
{
    private int _fetches;

    public int Fetches => Volatile.Read(ref _fetches);

    public Task<IReadOnlyList<FetchedTable>> FetchAsync(
        IReadOnlyList<FetchRequest> requests, CancellationToken cancellationToken)
    {
        _ = Interlocked.Increment(ref _fetches);
        return Task.FromResult<IReadOnlyList<FetchedTable>>([.. requests.Select(
            static request => new FetchedTable(request.Table.Name, [], true, IsComplete: false))]);
    }

    public Task<Guid> GetOrganizationIdAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ImmutableArray<TableDefinition>> ReadTablesAsync(
        IReadOnlyList<string>? tables, IReadOnlyList<string> relationships, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<string?> GetMetadataVersionAsync(TableDefinition table, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(null);

    public Task<SourcePage> ReadPageAsync(
        TableDefinition table, string? link, PageKind kind, RowSink? sink, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<SourcePage> ReadRangeAsync(
        TableDefinition table, CreationRange range, string? link, RowSink? sink, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
