using System.Collections.Immutable;

namespace DataExport.Grains.Ports;

/// <summary>A Dataverse environment, read through its Web API. Thread-safe.</summary>
public interface ISourceEnvironment : IAsyncDisposable
{
    /// <summary>The organization's id.</summary>
    /// <exception cref="SourceException">Away, throttled or refused.</exception>
    Task<Guid> GetOrganizationIdAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Describes tables by logical name, and the intersect tables of N:N relationships by schema name;
    /// <see langword="null"/> or empty and no relationship: all tables that have change tracking.
    /// </summary>
    /// <exception cref="SourceException">
    /// Away, throttled or refused; or a table or relationship does not exist, then named.
    /// </exception>
    Task<ImmutableArray<TableDefinition>> ReadTablesAsync(
        IReadOnlyList<string>? tables, IReadOnlyList<string> relationships, CancellationToken cancellationToken);

    /// <summary>
    /// A number that grows with every change of the environment's metadata, of whatever table; asked beside a row of
    /// <paramref name="table"/>. <see langword="null"/> when the environment does not tell.
    /// </summary>
    /// <exception cref="SourceException">Away, throttled or refused.</exception>
    Task<string?> GetMetadataVersionAsync(TableDefinition table, CancellationToken cancellationToken);

    /// <summary>
    /// Reads one page. <paramref name="link"/> <see langword="null"/>: the first page of a tracked walk over all rows;
    /// else a next link or delta link that an earlier page of the same kind brought. Rows that the table's filter
    /// leaves out stand apart, and masked values are masked already. The last page of a table without change tracking
    /// has no link. With a <paramref name="sink"/> not more than some megabytes of a page's rows are held at once.
    /// </summary>
    /// <exception cref="SourceException">
    /// Away, throttled or refused; <see cref="SourceFault.TokenExpired"/>: only a new walk helps.
    /// </exception>
    Task<SourcePage> ReadPageAsync(
        TableDefinition table, string? link, PageKind kind, RowSink? sink, CancellationToken cancellationToken);

    /// <summary>
    /// Reads one page of all columns of the rows that were created in a range; <paramref name="link"/>
    /// <see langword="null"/>: the first, else a next link that an earlier one brought. The last has no link, since
    /// what is read in ranges is not tracked.
    /// </summary>
    /// <exception cref="SourceException">Away, throttled or refused.</exception>
    Task<SourcePage> ReadRangeAsync(
        TableDefinition table, CreationRange range, string? link, RowSink? sink, CancellationToken cancellationToken);

    /// <summary>
    /// Asks for records by id, and for sets of records by an id that they hold, of several tables in one
    /// <c>$batch</c>, and in the same batch whether the caller reads each of these tables as a whole. One answer a
    /// request, in the same order.
    /// </summary>
    /// <exception cref="SourceException">Away, throttled or refused.</exception>
    Task<IReadOnlyList<FetchedTable>> FetchAsync(
        IReadOnlyList<FetchRequest> requests, CancellationToken cancellationToken);
}

/// <summary>
/// Takes rows of a page that is too large to be held, while the rest is on its way. If the page fails after that, it is
/// read again and the same rows come again.
/// </summary>
public delegate Task RowSink(IReadOnlyList<SourceRow> rows, CancellationToken cancellationToken);

/// <summary>Reading pages that are held as a whole.</summary>
public static class SourceReading
{
    /// <summary><see cref="ISourceEnvironment.ReadPageAsync"/> without a sink.</summary>
    public static Task<SourcePage> ReadPageAsync(
        this ISourceEnvironment source,
        TableDefinition table,
        string? link,
        PageKind kind,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.ReadPageAsync(table, link, kind, sink: null, cancellationToken);
    }
}

/// <summary>
/// Rows by their <c>createdon</c>, UTC, in whole seconds. A range without a beginning holds those without a
/// <c>createdon</c>, too.
/// </summary>
/// <param name="From">The first second; <see langword="null"/>: since ever.</param>
/// <param name="Until">The second after the last; <see langword="null"/>: to the end.</param>
public readonly record struct CreationRange(DateTime? From, DateTime? Until);

/// <summary>What a page is read for.</summary>
public enum PageKind
{
    /// <summary>Ids and versions of all rows, and at the end a delta link.</summary>
    Ids = 0,

    /// <summary>All columns of all rows, and at the end a delta link.</summary>
    Rows = 1,

    /// <summary>All columns of what changed since a delta link, and what was deleted.</summary>
    Changes = 2,
}

/// <summary>One row as it is at the source.</summary>
/// <param name="RecordId">Its id.</param>
/// <param name="Version">Its version number.</param>
/// <param name="Columns">All columns, null ones included; empty for an id-only walk.</param>
public readonly record struct SourceRow(Guid RecordId, VersionNumber Version, ColumnValues? Columns);

/// <summary>A row that its table's filter leaves out.</summary>
/// <param name="RecordId">Its id.</param>
/// <param name="Version">Its version number.</param>
public readonly record struct OutsideRow(Guid RecordId, VersionNumber Version);

/// <summary>A page of rows, or of changes.</summary>
/// <param name="Rows">Rows, or changed rows.</param>
/// <param name="Deletions">Ids of rows that were deleted since the delta link.</param>
/// <param name="NextLink">Where the next page is, if there is one.</param>
/// <param name="DeltaLink">Where the changes from here on are; comes with the last page only.</param>
public sealed record SourcePage(
    IReadOnlyList<SourceRow> Rows, IReadOnlyList<Guid> Deletions, string? NextLink, string? DeltaLink)
{
    /// <summary>Rows, or changed rows, that the table's filter leaves out.</summary>
    public IReadOnlyList<OutsideRow> Outside { get; init; } = [];

    /// <summary>How many rows went to the sink before.</summary>
    public int RowsHandedOver { get; init; }

    /// <summary>All rows of the page.</summary>
    public int RowsTotal => Rows.Count + RowsHandedOver;
}

/// <summary>Records to ask for.</summary>
/// <param name="Table">Their table.</param>
/// <param name="RecordIds">Their ids; of sets, the ids that the rows hold in <paramref name="SetColumn"/>.</param>
/// <param name="SetColumn">
/// <see langword="null"/>: records by their own id. Else all rows that hold one of the ids in this column.
/// </param>
public sealed record FetchRequest(TableDefinition Table, IReadOnlyList<Guid> RecordIds, string? SetColumn = null);

/// <summary>The answer to one request.</summary>
/// <param name="Table">The table's logical name.</param>
/// <param name="Rows">The records that exist, in any order.</param>
/// <param name="IsWholeTableReadable">
/// Whether the same batch showed organization-level read. Only then does a missing record count as deleted.
/// </param>
/// <param name="IsComplete">
/// Whether all rows came. False when sets have more rows than <c>SetRowsMax</c>: only a delta can tell then.
/// </param>
/// <param name="Refusal">
/// Why rows of the table did not come, in words for its administrator; <see langword="null"/> if nothing hindered.
/// Then it is not readable as a whole.
/// </param>
public sealed record FetchedTable(
    string Table,
    IReadOnlyList<SourceRow> Rows,
    bool IsWholeTableReadable,
    bool IsComplete = true,
    string? Refusal = null)
{
    /// <summary>The records that exist and that the table's filter leaves out.</summary>
    public IReadOnlyList<OutsideRow> Outside { get; init; } = [];
}

/// <summary>What kind of trouble the source has.</summary>
public enum SourceFault
{
    /// <summary>Away, or answered nonsense: try again later.</summary>
    Unavailable = 0,

    /// <summary>Too many requests: try again after <see cref="SourceException.RetryAfter"/>.</summary>
    Throttled = 1,

    /// <summary>The delta link is too old, or the table's metadata changed.</summary>
    TokenExpired = 2,

    /// <summary>A right is missing or the credentials are wrong.</summary>
    Forbidden = 3,

    /// <summary>Table or column does not exist.</summary>
    NotFound = 4,

    /// <summary>A value is not what the metadata says: only metadata read anew helps.</summary>
    Unreadable = 5,

    /// <summary>The answer is longer than what is held at once: ask for less.</summary>
    TooLarge = 6,
}

/// <summary>The source did not do what was asked. The message holds no secret and no value of a record.</summary>
[GenerateSerializer, Alias("DataExport.SourceException")]
public sealed class SourceException(
    SourceFault fault, string message, TimeSpan? retryAfter = null, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>What kind of trouble it is.</summary>
    [Id(0)]
    public SourceFault Fault { get; } = fault;

    /// <summary>Whether a right is missing that an administrator can give; false for wrong credentials.</summary>
    [Id(2)]
    public bool IsLackOfRight { get; init; }

    /// <summary>How long the source asked to be left alone.</summary>
    [Id(1)]
    public TimeSpan? RetryAfter { get; } = retryAfter;
}

/// <summary>Opens source environments.</summary>
public interface ISourceEnvironmentFactory
{
    /// <summary>Opens the environment of a profile; it connects when first used.</summary>
    /// <exception cref="ProfileException">The source's address cannot be used.</exception>
    ISourceEnvironment Open(ExportProfile profile);
}
