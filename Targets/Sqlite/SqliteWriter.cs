using DataExport.Grains.Ports;
using DataExport.Targets.Layout;

namespace DataExport.Targets.Sqlite;

/// <summary>The one connection that writes, and everything prepared on it. Not for several threads at once.</summary>
internal sealed class SqliteWriter : IDisposable
{
    private const string Subject = "Transaction";

    private readonly SqliteDatabase _database;
    private readonly SqliteTargetOptions _options;
    private readonly TargetNames _names;
    private readonly TimeProvider _clock;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _rollback;
    private readonly SqliteStatement _dataVersion;
    private readonly Dictionary<string, TableWriter> _tables = [];
    private readonly DeleteLog _deleteLog;
    private readonly PendingQuestions _pending;
    private readonly SyncStates _states;
    private readonly SqliteMerge _merge;
    private long _seenDataVersion = -1;
    private bool _mayHoldForeignCommits;

    /// <summary>Prepares on a database that has been provisioned, and takes it over.</summary>
    public SqliteWriter(
        SqliteDatabase database, IReadOnlyList<TargetTable> tables, TargetNames names, SqliteTargetOptions options,
        TimeProvider clock)
    {
        (_database, _names, _options, _clock) = (database, names, options, clock);
        _begin = database.Prepare("BEGIN IMMEDIATE", Subject);
        _commit = database.Prepare("COMMIT", Subject);
        _rollback = database.Prepare("ROLLBACK", Subject);
        _dataVersion = database.Prepare("PRAGMA data_version", Subject);
        _deleteLog = new DeleteLog(database, names);
        _pending = new PendingQuestions(database, names);
        _states = new SyncStates(database, names);
        _merge = new SqliteMerge(_deleteLog, _pending);
        foreach (var table in tables)
        {
            var rows = new TableRows(database, table, options.UpdateStatementsMax);
            _tables.Add(table.Definition.Name, new TableWriter(table, rows));
        }
    }

    /// <summary>Whether only a new connection helps.</summary>
    public bool IsBroken => _database.IsBroken;

    /// <summary>How many pages were written since this was last asked.</summary>
    public int TakePagesWritten() => _database.TakePagesWritten();

    /// <summary>
    /// Whether since this was last asked a commit of another connection may have come, of an earlier process as well:
    /// nobody here has made that durable, and yet it may be what supersedes a change.
    /// </summary>
    public bool TakeForeignCommits()
    {
        var mayHold = _mayHoldForeignCommits;
        _mayHoldForeignCommits = false;
        return mayHold;
    }

    /// <summary>Merges a batch in one transaction.</summary>
    public ApplyResult[] Merge(IReadOnlyList<MergeItem> batch) => InTransaction(() =>
    {
        var results = new ApplyResult[batch.Count];
        var table = default(TableWriter);
        for (var index = 0; index < results.Length; index++)
        {
            var item = batch[index];
            if (table is null || !ReferenceEquals(table.Name, item.Table))
            {
                table = TableOf(item.Table);
            }

            results[index] = _merge.Apply(table, item);
        }

        return results;
    });

    /// <summary>Saves a table's sync state.</summary>
    public void SaveState(TableSyncState state)
    {
        var table = TableOf(state.Table);
        _ = InTransaction(() =>
        {
            _states.Save(state);
            return true;
        });
        table.IsLoading = state.IsLoading;
    }

    /// <summary>Asks about those of the records whose rows are older than <paramref name="began"/>.</summary>
    public int AskIfNotReadSince(string tableName, IReadOnlyList<Guid> recordIds, DateTime began) => InTransaction(() =>
    {
        var table = TableOf(tableName);
        var asked = 0;
        foreach (var recordId in recordIds)
        {
            asked += _merge.AskIfNotReadSince(table, recordId, began) ? 1 : 0;
        }

        return asked;
    });

    /// <summary>Takes answered questions about sets away, unless they were put again since.</summary>
    public int SettleSets(IReadOnlyList<PendingSet> sets) => InTransaction(() =>
    {
        foreach (var set in sets)
        {
            _pending.Sets.Settle(TableOf(set.Table).NameUtf8, set);
        }

        return sets.Count;
    });

    /// <summary>Takes away a table's questions about sets that were put before an instant.</summary>
    public bool SettleSetsAskedBefore(string tableName, DateTime began) => InTransaction(() =>
    {
        _pending.Sets.SettleAskedBefore(TableOf(tableName).NameUtf8, began);
        return true;
    });

    /// <summary>Takes old entries of a table's delete log away. Returns how many.</summary>
    public int ExpireDeletions(string tableName, DateTime before, int entriesMax) => InTransaction(
        () => _deleteLog.Expire(TableOf(tableName).NameUtf8, before, entriesMax));

    /// <summary>How many questions each table has, about records and about sets.</summary>
    public Dictionary<string, long> CountPending()
    {
        var counts = new Dictionary<string, long>(_tables.Count);
        ForgetIfForeign();
        foreach (var table in _tables.Values)
        {
            Remember(table);
            var sets = table.Table.SetColumns.IsEmpty ? 0 : _pending.Sets.Count(table.NameUtf8);
            counts.Add(table.Name, table.PendingCount + sets);
        }

        return counts;
    }

    public void Dispose() => _database.Dispose();

    private T InTransaction<T>(Func<T> work)
    {
        _begin.Run();
        try
        {
            ForgetIfForeign();
            _merge.Begin(TargetClock.Now(_clock));
            var result = work();
            SaveHighestVersions();
            _commit.Run();
            return result;
        }
        catch
        {
            // Whatever it was, nothing of the batch may stay: neither in the file nor in what is remembered of it.
            Rollback();
            throw;
        }
    }

    private void Rollback()
    {
        ForgetTables();
        if (_database.IsInTransaction)
        {
            _rollback.Run();
        }
    }

    private TableWriter TableOf(string name)
    {
        if (!_tables.TryGetValue(name, out var table))
        {
            throw new TargetRefusedException($"Table '{name}' is not exported to this target.");
        }

        Remember(table);
        return table;
    }

    private void Remember(TableWriter table)
    {
        if (!table.IsRemembered)
        {
            table.Remember(
                _states.Read(table.Name).IsLoading,
                _deleteLog.HasEntries(table.NameUtf8),
                _pending.Count(table.NameUtf8),
                _states.HighestVersion(table.Name) ?? 0);
        }
    }

    /// <summary>Another process may have written: the version of the data tells, and costs no read.</summary>
    private void ForgetIfForeign()
    {
        _ = _dataVersion.Step();
        var dataVersion = _dataVersion.Int64(0);
        _dataVersion.Reset();
        if (dataVersion != _seenDataVersion)
        {
            _seenDataVersion = dataVersion;
            _mayHoldForeignCommits = true;
            ForgetTables();
            _pending.SeedNumbers(TargetClock.Now(_clock));
        }
    }

    private void ForgetTables()
    {
        foreach (var table in _tables.Values)
        {
            table.Forget();
        }
    }

    private void SaveHighestVersions()
    {
        foreach (var table in _tables.Values)
        {
            if (table is { IsRemembered: true, IsHighestVersionNew: true })
            {
                _states.SaveHighestVersion(table.NameUtf8, table.HighestVersion);
                table.IsHighestVersionNew = false;
            }
        }
    }
}
