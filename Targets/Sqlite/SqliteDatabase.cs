using System.Text;
using DataExport.Grains.Ports;
using SQLitePCL;
using static SQLitePCL.raw;

namespace DataExport.Targets.Sqlite;

/// <summary>One connection. Not for several threads at once.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    private const int DbConfigDoubleQuotedStringsInDml = 1013;
    private const int DbConfigDoubleQuotedStringsInDdl = 1014;
    private const int DbStatusCacheWrite = 9;
    private const uint PreparePersistent = 1;

    /// <summary>To what the log's file shrinks again after one large transaction.</summary>
    private const long LogFileBytesMax = 64 * 1024 * 1024;

    private readonly sqlite3 _handle;
    private readonly List<SqliteStatement> _statements = [];

    static SqliteDatabase() => Batteries_V2.Init();

    private SqliteDatabase(sqlite3 handle) => _handle = handle;

    /// <summary>Whether a call failed in a way after which only a new connection helps.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>What is prepared, in order.</summary>
    internal IEnumerable<string> Statements => _statements.Select(static statement => statement.Sql);

    /// <summary>Whether a transaction is open.</summary>
    public bool IsInTransaction => sqlite3_get_autocommit(_handle) == 0;

    /// <summary>How many rows the last statement inserted, updated or deleted.</summary>
    public int Changes => sqlite3_changes(_handle);

    /// <summary>Opens the connection that writes, and creates the file if it is missing.</summary>
    /// <exception cref="TargetUnavailableException">The file cannot be opened, or is locked.</exception>
    public static SqliteDatabase OpenWriter(string file, SqliteTargetOptions options)
    {
        var database = Open(file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, options);
        try
        {
            // NORMAL: who must know that a commit outlives a power cut waits for SqliteLog, beside the next merge.
            database.Execute($"""
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = NORMAL;
                PRAGMA cache_size = -{options.WriterCacheKibibytes};
                PRAGMA wal_autocheckpoint = {options.LogPagesMax};
                PRAGMA journal_size_limit = {LogFileBytesMax};
                PRAGMA temp_store = MEMORY;
                """);
            return database.QueryText("PRAGMA journal_mode") is "wal"
                ? database
                : throw new TargetUnavailableException(
                    "The database takes no write-ahead log: it must lie on a local file system.");
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Opens a connection that only reads what is committed; it waits for no merge.</summary>
    /// <exception cref="TargetUnavailableException">The file cannot be opened.</exception>
    public static SqliteDatabase OpenReader(string file, SqliteTargetOptions options)
    {
        // Read-write, since a reader of a write-ahead log takes part in its recovery; the pragma keeps it from writing.
        var database = Open(file, SQLITE_OPEN_READWRITE, options);
        database.Execute($"PRAGMA query_only = 1; PRAGMA cache_size = -{options.ReaderCacheKibibytes};");
        return database;
    }

    /// <summary>Opens a connection for <see cref="Checkpoint"/>.</summary>
    /// <exception cref="TargetUnavailableException">The file cannot be opened.</exception>
    public static SqliteDatabase OpenCheckpointer(string file, SqliteTargetOptions options)
    {
        var database = Open(file, SQLITE_OPEN_READWRITE, options);
        database.Execute("PRAGMA synchronous = FULL;");
        return database;
    }

    /// <summary>Carries over what no reader needs in the log. Waits for nobody, and nobody waits for it.</summary>
    public void Checkpoint()
    {
        var code = sqlite3_wal_checkpoint_v2(_handle, "main", SQLITE_CHECKPOINT_PASSIVE, out _, out _);
        if (!SqliteErrors.IsBusy(code))
        {
            Check(code, "Checkpoint");
        }
    }

    /// <summary>
    /// Carries the whole log over and empties it: what lies in it must not be played over the database once more. Waits
    /// for who reads or writes, as long as the busy time-out.
    /// </summary>
    /// <exception cref="TargetUnavailableException">The disk refuses, or somebody reads or writes on.</exception>
    public static void BeginLogAnew(string file, SqliteTargetOptions options)
    {
        using var database = OpenCheckpointer(file, options);
        database.Check(
            sqlite3_wal_checkpoint_v2(database._handle, "main", SQLITE_CHECKPOINT_TRUNCATE, out _, out _),
            "Checkpoint");
    }

    /// <summary>How many pages were written since this was last asked.</summary>
    public int TakePagesWritten()
    {
        _ = sqlite3_db_status(_handle, DbStatusCacheWrite, out var pages, out _, 1);
        return pages;
    }

    /// <summary>Prepares one statement, which is kept and closed with the connection.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="subject">What a failure is about, for its message: a table's name.</param>
    public SqliteStatement Prepare(string sql, string subject)
    {
        Check(sqlite3_prepare_v3(_handle, Encoding.UTF8.GetBytes(sql), PreparePersistent, out var handle), subject);
        var statement = new SqliteStatement(this, handle, subject);
        _statements.Add(statement);
        return statement;
    }

    /// <summary>Closes a statement before its connection.</summary>
    public void Forget(SqliteStatement statement)
    {
        _ = _statements.Remove(statement);
        statement.Close();
    }

    /// <summary>Runs statements that return nothing.</summary>
    public void Execute(string sql, string subject = "Schema") => Check(sqlite3_exec(_handle, sql), subject);

    /// <summary>The first column of the first row as text; <see langword="null"/> when there is none.</summary>
    public string? QueryText(string sql)
    {
        var statement = Prepare(sql, "Schema");
        try
        {
            return statement.Step() ? statement.Text(0) : null;
        }
        finally
        {
            Forget(statement);
        }
    }

    /// <summary>Throws what <paramref name="code"/> means, unless it means success.</summary>
    public void Check(int code, string subject)
    {
        if (code is not (SQLITE_OK or SQLITE_ROW or SQLITE_DONE))
        {
            Throw(code, subject);
        }
    }

    public void Dispose()
    {
        foreach (var statement in _statements)
        {
            statement.Close();
        }

        _statements.Clear();
        _handle.Dispose();
    }

    private static SqliteDatabase Open(string file, int flags, SqliteTargetOptions options)
    {
        // One caller at a time is what the target sees to, so SQLite need not lock for each bound value.
        var code = sqlite3_open_v2(file, out var handle, flags | SQLITE_OPEN_NOMUTEX, null);
        if (code != SQLITE_OK)
        {
            handle?.Dispose();
            throw new TargetUnavailableException(
                $"The database file cannot be opened ({code}). Its folder must exist, and it must be ours to write.");
        }

        var database = new SqliteDatabase(handle);
        _ = sqlite3_extended_result_codes(handle, 1);
        _ = sqlite3_busy_timeout(handle, (int)options.BusyTimeout.TotalMilliseconds);

        // Otherwise a quoted column that is missing would silently count as a text of that name.
        _ = sqlite3_db_config(handle, DbConfigDoubleQuotedStringsInDml, 0, out _);
        _ = sqlite3_db_config(handle, DbConfigDoubleQuotedStringsInDdl, 0, out _);
        return database;
    }

    private void Throw(int code, string subject)
    {
        var text = sqlite3_errmsg(_handle).utf8_to_string();
        IsBroken |= SqliteErrors.IsAway(code) || SqliteErrors.LacksSchema(code, text);
        throw SqliteErrors.ToException(code, text, subject);
    }

    /// <summary>Opens a database and prepares on it; one on which nothing can be prepared is closed again.</summary>
    internal static T Open<T>(Func<SqliteDatabase> open, Func<SqliteDatabase, T> prepare)
    {
        var database = open();
        try
        {
            return prepare(database);
        }
        catch
        {
            // Nobody else holds it yet, and an open file would keep the write-ahead log alive.
            database.Dispose();
            throw;
        }
    }
}
