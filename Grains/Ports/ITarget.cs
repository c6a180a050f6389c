using DataExport.Grains.Fence;

namespace DataExport.Grains.Ports;

/// <summary>One piece of evidence for one record, ready to merge.</summary>
/// <param name="Table">The table's logical name.</param>
/// <param name="RecordId">The record.</param>
/// <param name="Evidence">What is known.</param>
/// <param name="Columns">The columns, where the evidence carries some.</param>
/// <param name="SetColumn">
/// <see langword="null"/> for a record. Else the evidence is a question about all rows that hold
/// <paramref name="RecordId"/> in this column.
/// </param>
public sealed record MergeItem(
    string Table, Guid RecordId, Evidence Evidence, ColumnValues? Columns = null, string? SetColumn = null);

/// <summary>The target database of one profile. Thread-safe; merges exclude each other.</summary>
public interface ITarget : IAsyncDisposable
{
    /// <summary>How many merges at once are of use to it; more would only wait for each other.</summary>
    int MergesInFlightMax => int.MaxValue;

    /// <summary>The target's own clock, UTC, in whole milliseconds. A read's beginning is told by it.</summary>
    ValueTask<DateTime> GetUtcNowAsync(CancellationToken cancellationToken);

    /// <summary>What <see cref="ProvisionAsync"/> would do to the database now. Changes nothing.</summary>
    /// <exception cref="TargetUnavailableException">The target could not be reached.</exception>
    /// <exception cref="TargetRefusedException">An object of that name exists and is not ours.</exception>
    Task<TargetPlan> PlanAsync(IReadOnlyList<TableDefinition> tables, CancellationToken cancellationToken);

    /// <summary>
    /// Creates what is missing: tables, metadata tables, delete log, <c>Pending</c>, sync state; adds and widens
    /// columns; replaces the metadata rows of the tables. Nothing is dropped. Idempotent, also while merges run, which
    /// wait for a change of their own tables alone. Must have run once before anything else is called on this instance.
    /// </summary>
    /// <returns>What was done.</returns>
    /// <exception cref="TargetUnavailableException">The target could not be reached.</exception>
    /// <exception cref="TargetRefusedException">
    /// An object of that name exists and is not ours, or a right is missing.
    /// </exception>
    Task<TargetPlan> ProvisionAsync(IReadOnlyList<TableDefinition> tables, CancellationToken cancellationToken);

    /// <summary>
    /// Merges the items by the fence, in order, in one transaction with delete log and <c>Pending</c>. One result an
    /// item, in the same order: applied, superseded or uncertain. A record may occur several times.
    /// </summary>
    /// <exception cref="TargetRefusedException">
    /// The data of at least one item cannot be stored. Nothing was written.
    /// </exception>
    /// <exception cref="TargetUnavailableException">Busy, locked or away: the same batch may succeed later.</exception>
    Task<IReadOnlyList<ApplyResult>> MergeAsync(IReadOnlyList<MergeItem> batch, CancellationToken cancellationToken);

    /// <summary>The sync state of every provisioned table.</summary>
    Task<IReadOnlyList<TableSyncState>> ReadSyncStatesAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Replaces a table's sync state. <see cref="TableSyncState.IsLoading"/> is what the fence uses from the next merge
    /// on.
    /// </summary>
    Task SaveSyncStateAsync(TableSyncState state, CancellationToken cancellationToken);

    /// <summary>
    /// How many questions (about records, provisional ones among them, and about sets) each table has.
    /// </summary>
    Task<IReadOnlyDictionary<string, long>> CountPendingAsync(CancellationToken cancellationToken);

    /// <summary>
    /// The oldest questions of a table with a number above <paramref name="afterNumber"/> that were put up to
    /// <paramref name="askedUntil"/>, oldest first, each with the stamp that its record bears now.
    /// </summary>
    Task<IReadOnlyList<PendingQuestion>> ReadPendingAsync(
        string table, long afterNumber, DateTime askedUntil, int rowsMax, CancellationToken cancellationToken);

    /// <summary>
    /// The oldest questions about sets of a table with a number above <paramref name="afterNumber"/> that were put up
    /// to <paramref name="askedUntil"/>, oldest first.
    /// </summary>
    Task<IReadOnlyList<PendingSet>> ReadPendingSetsAsync(
        string table, long afterNumber, DateTime askedUntil, int setsMax, CancellationToken cancellationToken);

    /// <summary>The ids of the rows that hold <paramref name="value"/> in <paramref name="column"/>.</summary>
    Task<IReadOnlyList<Guid>> ReadSetAsync(
        string table, string column, Guid value, CancellationToken cancellationToken);

    /// <summary>Takes answered questions about sets away. One that was put again since stays.</summary>
    Task SettleSetsAsync(IReadOnlyList<PendingSet> sets, CancellationToken cancellationToken);

    /// <summary>
    /// Takes away a table's questions about sets that were put before <paramref name="began"/>, when a read of
    /// everything that changed began.
    /// </summary>
    Task SettleSetsAskedBeforeAsync(string table, DateTime began, CancellationToken cancellationToken);

    /// <summary>
    /// Ends a resync: puts every row whose stamp is older than <paramref name="began"/> into <c>Pending</c>. Returns
    /// how many.
    /// </summary>
    Task<long> AskRowsNotReadSinceAsync(string table, DateTime began, CancellationToken cancellationToken);

    /// <summary>
    /// Takes entries of a table's delete log away that were stamped before <paramref name="before"/>, at most
    /// <paramref name="entriesMax"/>; those of records that are asked about stay. Returns how many: fewer than that
    /// says that none is left. Nothing that was read or sent before that time may still come.
    /// </summary>
    Task<int> ExpireDeletionsAsync(
        string table, DateTime before, int entriesMax, CancellationToken cancellationToken);

    /// <summary>How many rows the table has.</summary>
    Task<long> CountRowsAsync(string table, CancellationToken cancellationToken);

    /// <summary>What is held of some records: one entry an id, in the same order.</summary>
    Task<IReadOnlyList<HeldRow>> ReadHeldAsync(
        string table, IReadOnlyList<Guid> recordIds, CancellationToken cancellationToken);

    /// <summary>
    /// The ids of the next rows in the engine's own order of ids; <paramref name="afterId"/> <see langword="null"/>:
    /// the first.
    /// </summary>
    Task<IReadOnlyList<Guid>> ReadIdsAsync(
        string table, Guid? afterId, int rowsMax, CancellationToken cancellationToken);

    /// <summary>
    /// Of whole rows of the source, those whose row here has the same version and other cells than writing it would
    /// store. Rows of another version are passed over, and so are those that the target cannot hold at all.
    /// </summary>
    Task<IReadOnlyList<DifferentRow>> CompareCellsAsync(
        string table, IReadOnlyList<SourceRow> rows, CancellationToken cancellationToken);
}

/// <summary>What provisioning does to a target.</summary>
/// <param name="Changes">What is changed, in order, in words; empty if all is there.</param>
/// <param name="Warnings">What an administrator should know, such as columns for which there is no room.</param>
public sealed record TargetPlan(IReadOnlyList<string> Changes, IReadOnlyList<string> Warnings);

/// <summary>
/// How far the synchronisation of a table has come. Kept in the target, beside the rows it speaks of.
/// </summary>
public sealed record TableSyncState
{
    /// <summary>The table's logical name.</summary>
    public required string Table { get; init; }

    /// <summary>What the table is at.</summary>
    public TableSyncPhase Phase { get; init; }

    /// <summary>The page to read next, of the walk under way; <see langword="null"/>: its first.</summary>
    public string? NextLink { get; init; }

    /// <summary>The delta link to go on from, once there is one.</summary>
    public string? DeltaLink { get; init; }

    /// <summary>Whether that link was given to a walk over ids: it brings ids of what changed and no columns.</summary>
    public bool DeltaHasIdsOnly { get; init; }

    /// <summary>When the walk under way began by the target's clock, UTC.</summary>
    public DateTime? BeganOn { get; init; }

    /// <summary>Rows of the initial sync that are committed.</summary>
    public long RowsDone { get; init; }

    /// <summary>Rows that the id walk counted.</summary>
    public long RowsTotal { get; init; }

    /// <summary>Whether the load goes into a table that was not empty.</summary>
    public bool IsResync { get; init; }

    /// <summary>When the last delta sync ended, UTC.</summary>
    public DateTime? LastDeltaOn { get; init; }

    /// <summary>What stopped the table, if anything did.</summary>
    public string? Message { get; init; }

    /// <summary>
    /// A fingerprint of what is read: of which organization, which columns and rows, masked how. The links lead to that
    /// and nothing else; <see langword="null"/> while nobody said.
    /// </summary>
    public string? Scope { get; init; }

    /// <summary>When all rows were last compared with the source cell by cell, UTC.</summary>
    public DateTime? RefreshedOn { get; init; }

    /// <summary>The record of the highest version that a page or a delta has brought.</summary>
    public Guid? NewestId { get; init; }

    /// <summary>That version. Only an environment that was set back shows the record with a lower one.</summary>
    public VersionNumber NewestVersion { get; init; }

    /// <summary>
    /// Whether an update of a missing record may be left to the pages and the delta that follow (rule 10).
    /// </summary>
    public bool IsLoading => Phase is TableSyncPhase.NotStarted or TableSyncPhase.Token or TableSyncPhase.Load;
}

/// <summary>A question to the source.</summary>
/// <param name="Table">The table's logical name.</param>
/// <param name="RecordId">The record.</param>
/// <param name="Reason">Why it is asked.</param>
/// <param name="Number">
/// Grows with every question of the target, so that a later one of the record is told apart.
/// </param>
/// <param name="AskedOn">When it was put, by the target's clock, UTC.</param>
/// <param name="Stamp">The stamp of the record's row or tombstone now.</param>
public sealed record PendingQuestion(
    string Table, Guid RecordId, UncertainReason Reason, long Number, DateTime AskedOn, DateTime? Stamp);

/// <summary>A question to the source about all rows that hold an id in a column.</summary>
/// <param name="Table">The table's logical name.</param>
/// <param name="Column">One of its set columns.</param>
/// <param name="Value">The id.</param>
/// <param name="Number">Grows with every question of the target.</param>
/// <param name="AskedOn">When it was put, by the target's clock, UTC.</param>
public sealed record PendingSet(string Table, string Column, Guid Value, long Number, DateTime AskedOn);

/// <summary>
/// The target will never take this data: too long, out of range, a constraint. Holds no value of a record.
/// </summary>
[GenerateSerializer, Alias("DataExport.TargetRefusedException")]
public sealed class TargetRefusedException(string message, Exception? innerException = null)
    : Exception(message, innerException);

/// <summary>The target is busy, locked or away: the same may succeed later.</summary>
[GenerateSerializer, Alias("DataExport.TargetUnavailableException")]
public sealed class TargetUnavailableException(string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>Whether it has too much to do: less at a time helps.</summary>
    [Id(0)]
    public bool IsThrottled { get; init; }
}

/// <summary>Opens target databases.</summary>
public interface ITargetFactory
{
    /// <summary>Opens the target of a profile; it connects when first used.</summary>
    /// <exception cref="ProfileException">Destination type or connection string cannot be used.</exception>
    ITarget Open(ExportProfile profile);
}
