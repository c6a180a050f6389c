using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace DataExport.Targets.Control;

/// <summary>A control database in a SQLite file. Ids and times are texts, in the form that targets have.</summary>
internal sealed class SqliteDialect(string connection, TimeSpan patience) : ControlDialect("main", patience)
{
    public override string Engine => "sqlite";

    public override string CountTables =>
        """SELECT COUNT(*) FROM "main"."sqlite_schema" WHERE "type" = 'table' AND "name" = @Table;""";

    public override string? CreateSchema => null;

    /// <summary>What is wrong with a connection string; never repeats it.</summary>
    public static string? FaultOf(string connection)
    {
        var builder = new SqliteConnectionStringBuilder(connection);
        return string.IsNullOrWhiteSpace(builder.DataSource) ? "has no Data Source. Use Data Source=path of the file."
            : builder.DataSource is ":memory:" || builder.Mode is SqliteOpenMode.Memory
                ? "names a database in memory, which nobody else can read. Use Data Source=path of the file."
            : builder.Mode is SqliteOpenMode.ReadOnly ? "says Mode=ReadOnly. Leave Mode out."
            : null;
    }

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        // Not pooled: a connection is opened twice a minute, and the last one to close leaves a single file behind.
        var builder = new SqliteConnectionStringBuilder(connection)
        {
            Pooling = false, DefaultTimeout = (int)Patience.TotalSeconds,
        };
        if (Path.GetDirectoryName(Path.GetFullPath(builder.DataSource)) is { Length: > 0 } directory)
        {
            _ = Directory.CreateDirectory(directory);
        }

        var opened = new SqliteConnection(builder.ConnectionString);
        try
        {
            await opened.OpenAsync(cancellationToken);
            await using var command = opened.CreateCommand();

            // With a write-ahead log people who read do not hold up who writes.
            command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;";
            _ = await command.ExecuteNonQueryAsync(cancellationToken);
            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    /// <summary>BEGIN IMMEDIATE, which is the file's lock.</summary>
    public override Task<DbTransaction> BeginAsync(DbConnection connection, CancellationToken cancellationToken) =>
        Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: false));

    public override void Bind(DbParameter parameter, DbType type, object? value) =>
        parameter.Value = value switch
        {
            null => DBNull.Value,
            DateTime instant => instant.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture),
            Guid id => id.ToString("D"),
            _ => value,
        };
}
