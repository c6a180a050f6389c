using System.Collections.Immutable;
using DataExport.Grains.Ports;

namespace DataExport.Grains.Tests.Reconciling;

/// <summary>A source that gives one answer to every fetch.</summary>
internal sealed class AnswerSource : ISourceEnvironment
{
    public FetchedTable Answer { get; set; } = new("link", [], IsWholeTableReadable: true);

    /// <summary>Thrown by that many fetches first.</summary>
    public int Outages { get; set; }

    public int Fetches { get; private set; }

    public Task<IReadOnlyList<FetchedTable>> FetchAsync(
        IReadOnlyList<FetchRequest> requests, CancellationToken cancellationToken)
    {
        Fetches++;
        return Outages-- > 0
            ? throw new SourceException(SourceFault.Unavailable, "The environment is away.")
            : Task.FromResult<IReadOnlyList<FetchedTable>>([Answer]);
    }

    public Task<Guid> GetOrganizationIdAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ImmutableArray<TableDefinition>> ReadTablesAsync(
        IReadOnlyList<string>? tables, IReadOnlyList<string> relationships, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<string?> GetMetadataVersionAsync(TableDefinition table, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<SourcePage> ReadPageAsync(
        TableDefinition table, string? link, PageKind kind, RowSink? sink, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<SourcePage> ReadRangeAsync(
        TableDefinition table, CreationRange range, string? link, RowSink? sink, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
