using DataExport.Grains.Ports;
using DataExport.Targets.Layout;

namespace DataExport.Targets.Sqlite;

/// <summary>
/// A profile's target in one SQLite file. One connection writes, under a lock; another reads what is committed and
/// waits for no merge. SQLite's calls block, so both work on threads of the pool and never on the caller's.
/// </summary>
internal sealed partial class SqliteTarget(
    string file, string prefix, SqliteTargetOptions options, TimeProvider clock, TargetExtras? extras = null) : ITarget
{
    private const long BeforeFirstRow = long.MinValue;

    private readonly TargetNames _names = new(prefix, SqliteDialect.Instance);
    private readonly SqliteLog _log = new(
        file, () => SqliteDatabase.BeginLogAnew(file, options), RandomAccess.FlushToDisk);

    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile Dictionary<string, TargetTable>? _tables;
    private SqliteCheckpoints? _checkpoints;
    private SqliteWriter? _writer;
    private SqliteReader? _reader;
    private volatile bool _isDisposed;

    /// <summary>One writes while the one before is made durable.</summary>
    public int MergesInFlightMax => 2;

    public ValueTask<DateTime> GetUtcNowAsync(CancellationToken cancellationToken) => new(TargetClock.Now(clock));

    public Task<TargetPlan> PlanAsync(IReadOnlyList<TableDefinition> tables, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tables);
        var targets = TargetTable.Of(tables, _names);
        return LockedAsync(_writing, () => Plan(targets), cancellationToken);
    }

    public Task<TargetPlan> ProvisionAsync(IReadOnlyList<TableDefinition> tables, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tables);
        var targets = TargetTable.Of(tables, _names);
        return LockedAsync(_writing, () => Provision(targets), cancellationToken);
    }

    public async Task<IReadOnlyList<ApplyResult>> MergeAsync(
        IReadOnlyList<MergeItem> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var results = await WriteAsync(writer => writer.Merge(batch), cancellationToken).ConfigureAwait(false);

        // Beside the next merge. Also where nothing was written: what supersedes a change may not be on disk yet.
        await _log.FlushAsync().ConfigureAwait(false);
        return results;
    }

    public async Task<IReadOnlyList<TableSyncState>> ReadSyncStatesAsync(CancellationToken cancellationToken) =>
        await ReadAsync<IReadOnlyList<TableSyncState>>(
            reader => [.. Tables.Keys.Select(reader.ReadState)], cancellationToken).ConfigureAwait(false);

    public Task SaveSyncStateAsync(TableSyncState state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(state);
        return WriteAsync(
            writer =>
            {
                writer.SaveState(state);
                return true;
            },
            cancellationToken);
    }

    public async Task<IReadOnlyDictionary<string, long>> CountPendingAsync(CancellationToken cancellationToken) =>
        await WriteAsync(writer => writer.CountPending(), cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyList<PendingQuestion>> ReadPendingAsync(
        string table, long afterNumber, DateTime askedUntil, int rowsMax, CancellationToken cancellationToken)
    {
        // To SQLite a negative limit means none.
        ArgumentOutOfRangeException.ThrowIfNegative(rowsMax);
        var target = TableOf(table);
        return await ReadAsync(
            reader => reader.ReadPending(target, afterNumber, askedUntil, rowsMax), cancellationToken)
            .ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<PendingSet>> ReadPendingSetsAsync(
        string table, long afterNumber, DateTime askedUntil, int setsMax, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(setsMax);
        return TableOf(table).SetColumns.IsEmpty
            ? []
            : await ReadAsync(
                reader => reader.ReadPendingSets(table, afterNumber, askedUntil, setsMax), cancellationToken)
                .ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<Guid>> ReadSetAsync(
        string table, string column, Guid value, CancellationToken cancellationToken)
    {
        var target = TableOf(table);
        return await ReadAsync(reader => reader.ReadSet(target, column, value), cancellationToken)
            .ConfigureAwait(false);
    }

    public Task SettleSetsAsync(IReadOnlyList<PendingSet> sets, CancellationToken cancellationToken) =>
        WriteAsync(writer => writer.SettleSets(sets), cancellationToken);

    public async Task SettleSetsAskedBeforeAsync(string table, DateTime began, CancellationToken cancellationToken)
    {
        if (!TableOf(table).SetColumns.IsEmpty)
        {
            _ = await WriteAsync(writer => writer.SettleSetsAskedBefore(table, began), cancellationToken)
                .ConfigureAwait(false);
        }
    }

    public Task<long> CountRowsAsync(string table, CancellationToken cancellationToken)
    {
        var target = TableOf(table);
        return ReadAsync(reader => reader.CountRows(target), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        // Waits for the merge under way: cut off, it would be done again for nothing.
        await _writing.WaitAsync().ConfigureAwait(false);
        await _reading.WaitAsync().ConfigureAwait(false);
        _isDisposed = true;
        await _log.DisposeAsync().ConfigureAwait(false);
        if (_checkpoints is not null)
        {
            await _checkpoints.DisposeAsync().ConfigureAwait(false);
        }

        _reader?.Dispose();
        _writer?.Dispose();
        (_reader, _writer) = (null, null);
        _ = _reading.Release();
        _ = _writing.Release();
    }

    private Dictionary<string, TargetTable> Tables =>
        _tables ?? throw new InvalidOperationException("The target must be provisioned before it is used.");

    private TargetExtras Extras => extras ?? TargetExtras.None;

    private TargetTable TableOf(string table) => Tables.TryGetValue(table, out var target)
        ? target
        : throw new TargetRefusedException($"Table '{table}' is not exported to this target.");

    /// <summary>Of a file that is not there yet, everything: it is not made for a plan.</summary>
    private TargetPlan Plan(Dictionary<string, TargetTable> targets)
    {
        if (!File.Exists(file))
        {
            return TargetPlans.Of(SqliteProvisioning.Plan([.. targets.Values], _names, Extras));
        }

        using var database = SqliteDatabase.OpenReader(file, options);
        return TargetPlans.Of(SqliteProvisioning.Plan(database, [.. targets.Values], _names, Extras));
    }

    private TargetPlan Provision(Dictionary<string, TargetTable> targets)
    {
        _writer?.Dispose();
        _writer = null;
        var database = default(SqliteDatabase);
        try
        {
            database = SqliteDatabase.OpenWriter(file, options);
            var plans = SqliteProvisioning.Run(
                database, [.. targets.Values], _names, Extras, TargetClock.Now(clock));
            targets = plans.ToDictionary(static plan => plan.Table.Definition.Name, static plan => plan.Table);
            _writer = new SqliteWriter(database, [.. targets.Values], _names, options, clock);
            _tables = targets;
            return TargetPlans.Of(plans);
        }
        catch (TargetUnavailableException exception) when (SqliteErrors.IsForGood(exception.HResult))
        {
            database?.Dispose();
            throw new TargetRefusedException(exception.Message, exception);
        }
        catch
        {
            database?.Dispose();
            throw;
        }
    }

    private Task<T> WriteAsync<T>(Func<SqliteWriter, T> work, CancellationToken cancellationToken) => LockedAsync(
        _writing,
        () =>
        {
            _writer ??= SqliteDatabase.Open(
                () => SqliteDatabase.OpenWriter(file, options),
                database => new SqliteWriter(database, [.. Tables.Values], _names, options, clock));
            try
            {
                return work(_writer);
            }
            finally
            {
                NoteWritten(_writer);
                if (_writer.IsBroken)
                {
                    _writer.Dispose();
                    _writer = null;
                }
            }
        },
        cancellationToken);

    private void NoteWritten(SqliteWriter writer)
    {
        var pages = writer.TakePagesWritten();
        if (writer.TakeForeignCommits() || pages > 0)
        {
            _log.Wrote();
        }

        if (pages > 0)
        {
            _checkpoints ??= new SqliteCheckpoints(file, options, _log);
            _checkpoints.Wrote(pages);
        }
    }

    private Task<T> ReadAsync<T>(Func<SqliteReader, T> work, CancellationToken cancellationToken) => LockedAsync(
        _reading,
        () =>
        {
            _ = Tables;
            _reader ??= OpenReader();
            try
            {
                return work(_reader);
            }
            finally
            {
                if (_reader.IsBroken)
                {
                    _reader.Dispose();
                    _reader = null;
                }
            }
        },
        cancellationToken);

    private SqliteReader OpenReader() => SqliteDatabase.Open(
        () => SqliteDatabase.OpenReader(file, options), database => new SqliteReader(database, _names));

    /// <summary>
    /// The lock is let go on the pool as well: were it let go on a grain's scheduler, a busy grain would hold up all.
    /// </summary>
    private async Task<T> LockedAsync<T>(SemaphoreSlim semaphore, Func<T> work, CancellationToken cancellationToken)
    {
        await semaphore.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);

            // Not cancelled once begun: what is merged is worth committing, or it is done again.
            return await Task.Run(work, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _ = semaphore.Release();
        }
    }
}
