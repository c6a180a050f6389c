using System.Data;
using System.Globalization;
using DataExport.Grains.Ports;
using DataExport.Targets.Sessions;
using Microsoft.Data.SqlClient;

namespace DataExport.Targets.SqlServer;

/// <summary>One connection, and the transaction on it. Not for several threads at once.</summary>
internal sealed class SqlServerSession : ITargetSession
{
    private readonly int _timeoutSeconds;
    private SqlTransaction? _transaction;

    private SqlServerSession(SqlConnection connection, SqlServerTargetOptions options)
    {
        (Connection, Options) = (connection, options);
        _timeoutSeconds = (int)Math.Ceiling(options.CommandTimeout.TotalSeconds);
    }

    public SqlConnection Connection { get; }

    public SqlServerTargetOptions Options { get; }

    /// <summary>Whether the server keeps the character 0 in a text.</summary>
    public bool TakesCharacterZero { get; private init; }

    /// <summary>
    /// Whether the server alters views. Babelfish can only drop them, and alters no column that one shows.
    /// </summary>
    public bool AltersViews => TakesCharacterZero;

    /// <summary>Whether it cannot be used any more.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Whether a call failed since the connection is gone.</summary>
    public bool IsClosed => Connection.State is not ConnectionState.Open;

    public static async Task<SqlServerSession> OpenAsync(
        string connectionString, SqlServerTargetOptions options, CancellationToken cancellationToken)
    {
        var connection = new SqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using var command = new SqlCommand(SettingsStatement(options), connection);
            var takesCharacterZero = await command.ExecuteScalarAsync(CancellationToken.None).ConfigureAwait(false);
            return new SqlServerSession(connection, options) { TakesCharacterZero = takesCharacterZero is 1 };
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /*
    Settings of a session. A batch without parameters: what one with parameters sets ends with it.

    Demands:
    1. READ COMMITTED, whatever was on the connection before it came out of the pool: a snapshot taken before the lock
       would let a row and a tombstone of one record be born together.
    2. An error takes the whole transaction back: half a batch must never be committed.
    3. Names are quoted as the standard says.
    4. Tells whether the server keeps the character 0 in a text: Babelfish does not.
    */
    internal static string SettingsStatement(SqlServerTargetOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        SET QUOTED_IDENTIFIER ON;
        SET XACT_ABORT ON;
        SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
        SET LOCK_TIMEOUT {(long)options.LockTimeout.TotalMilliseconds};
        SELECT CASE WHEN SERVERPROPERTY('Babelfish') IS NULL THEN 1 ELSE 0 END;
        """);

    /// <summary>Begins a transaction. The driver can only block, which must not be done to the caller.</summary>
    public async Task BeginAsync() => _transaction = await Task
        .Run(() => Connection.BeginTransaction(IsolationLevel.ReadCommitted)).ConfigureAwait(false);

    public async Task CommitAsync()
    {
        var transaction = _transaction!;
        await Task.Run(transaction.Commit).ConfigureAwait(false);
        _transaction = null;
        await transaction.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Ends a transaction that failed, if there is one.</summary>
    public async Task RollbackAsync()
    {
        var transaction = _transaction;
        _transaction = null;
        try
        {
            if (transaction is not null)
            {
                // Nothing is left to do where the server has rolled back itself, as most errors make it do.
                await Task.Run(transaction.Dispose).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is SqlException or InvalidOperationException)
        {
            IsBroken = true;
        }

        IsBroken |= IsClosed;
    }

    /// <summary>Lets nobody use it again.</summary>
    public void Break() => IsBroken = true;

    /// <summary>Several statements with one way to the server and back, in the transaction if there is one.</summary>
    public SqlBatch CreateBatch() => new(Connection, _transaction) { Timeout = _timeoutSeconds };

    public SqlCommand CreateCommand(string sql) =>
        new(sql, Connection, _transaction) { CommandTimeout = _timeoutSeconds };

    public SqlBulkCopy CreateBulkCopy() => new(
        Connection, SqlBulkCopyOptions.CheckConstraints | SqlBulkCopyOptions.FireTriggers, _transaction)
    {
        BulkCopyTimeout = _timeoutSeconds,
    };

    /// <summary>Takes locks for the rest of the transaction, in this order, and tells the time after them.</summary>
    /// <exception cref="TargetUnavailableException">Somebody holds one of them for too long.</exception>
    public async Task<DateTime> LockAsync(IReadOnlyList<string> resources, string clock)
    {
        await using var batch = CreateLockingBatch(resources, clock);
        await using var reader = await batch.ExecuteReaderAsync().ConfigureAwait(false);
        return await ReadLockedAsync(reader).ConfigureAwait(false);
    }

    /// <summary>
    /// Statements of which the first takes locks. What is read behind it sees all that was committed before they were
    /// had; its own answer is read by <see cref="ReadLockedAsync"/>.
    /// </summary>
    public SqlBatch CreateLockingBatch(IReadOnlyList<string> resources, string clock) => CreateBatch().Add(
        SqlServerStatements.Lock(resources.Count, clock),
        [
            .. resources.Select(static (resource, place) => SqlServerParameters.Resource(place, resource)),
            SqlServerParameters.Int("@Milliseconds", (int)Options.LockTimeout.TotalMilliseconds),
        ]);

    /// <summary>The time at which the locks were had.</summary>
    /// <exception cref="TargetUnavailableException">Somebody holds one of them for too long.</exception>
    public static async Task<DateTime> ReadLockedAsync(SqlDataReader reader)
    {
        _ = await reader.ReadAsync().ConfigureAwait(false);
        return reader.GetInt32(0) >= 0
            ? reader.Instant(1)
            : throw new TargetUnavailableException("The target is busy: somebody holds a table's lock for too long.");
    }

    public async Task ExecuteAsync(string sql, params SqlParameter[] parameters)
    {
        await using var command = CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        _ = await command.ExecuteNonQueryAsync().ConfigureAwait(false);
    }

    /// <summary>The first column of the first row; <see langword="null"/> if there is none.</summary>
    public async Task<object?> ScalarAsync(string sql, params SqlParameter[] parameters)
    {
        await using var command = CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        return await command.ExecuteScalarAsync().ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();
}
