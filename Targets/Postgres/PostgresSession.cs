using System.Globalization;
using DataExport.Targets.Layout;
using DataExport.Targets.Sessions;
using Npgsql;

namespace DataExport.Targets.Postgres;

/// <summary>One connection, and what it keeps from batch to batch. Not for several threads at once.</summary>
internal sealed class PostgresSession : ITargetSession
{
    private readonly Dictionary<TargetTable, string> _stages = [];
    private readonly List<TargetTable> _stagesOfTransaction = [];
    private int _stageNumber;

    private PostgresSession(NpgsqlConnection connection) => Connection = connection;

    public NpgsqlConnection Connection { get; }

    /// <summary>Where rows are encoded.</summary>
    public CopyBuffer Buffer { get; } = new();

    /// <summary>Whether it cannot be used any more.</summary>
    public bool IsBroken { get; private set; }

    public static async Task<PostgresSession> OpenAsync(
        string connectionString, PostgresTargetOptions options, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using var command = new NpgsqlCommand(SettingsStatement(options), connection);
            _ = await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            return new PostgresSession(connection);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /*
    Settings of a session.

    Demands:
    1. READ COMMITTED, whatever the database's default: a snapshot taken before the lock would let a row and a tombstone
       of one record be born together.
    2. A key is looked up by its index, in a table of any size and before anything was analysed: so no plan but a loop
       over the keys is left, and one plan serves all batches.
    3. Times are UTC.
    */
    private static string SettingsStatement(PostgresTargetOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        SET default_transaction_isolation = 'read committed';
        SET lock_timeout = {(long)options.LockTimeout.TotalMilliseconds};
        SET enable_hashjoin = off; SET enable_mergejoin = off; SET enable_seqscan = off; SET jit = off;
        SET plan_cache_mode = force_generic_plan;
        SET timezone = 'UTC';
        SET client_min_messages = error
        """);

    /// <summary>The name of the temporary table for rows that are to be written over others of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<string> StageOfAsync(TargetTable table, CancellationToken cancellationToken)
    {
        if (_stages.TryGetValue(table, out var stage))
        {
            return stage;
        }

        stage = string.Create(CultureInfo.InvariantCulture, $"pg_temp.stage_{++_stageNumber}");
        await using var command = new NpgsqlCommand(CopyColumns.StageStatement(table, stage), Connection);
        _ = await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        _stages.Add(table, stage);
        _stagesOfTransaction.Add(table);
        return stage;
    }

    /// <summary>The transaction is committed, and the stages that it made stay.</summary>
    public void Committed() => _stagesOfTransaction.Clear();

    /// <summary>Ends a transaction that failed.</summary>
    public async Task RollbackAsync()
    {
        foreach (var table in _stagesOfTransaction)
        {
            _ = _stages.Remove(table);
        }

        _stagesOfTransaction.Clear();
        try
        {
            await using var command = new NpgsqlCommand("ROLLBACK", Connection);
            _ = await command.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (PostgresErrors.ToException(exception, "") is not null
            || exception is InvalidOperationException)
        {
            // The server rolls back by itself what a lost connection began.
            IsBroken = true;
        }
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();
}
