using System.Data;
using System.Data.Common;
using Microsoft.Data.SqlClient;

namespace DataExport.Targets.Control;

/// <summary>A control database in SQL Server 2016 and later, Azure SQL or Babelfish 4 and later.</summary>
internal sealed class SqlServerDialect(string connection, string schema, TimeSpan patience)
    : ControlDialect(schema, patience)
{
    public const string SchemaDefault = "dbo";

    private const int LettersKept = 4_000;

    public override string Engine => "sqlserver";

    public override string CountTables =>
        """
        SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES
        WHERE TABLE_SCHEMA = N'$(Schema)' AND TABLE_NAME = @Table AND TABLE_TYPE = 'BASE TABLE';
        """;

    // In a text of its own, since CREATE SCHEMA must be the first statement of a batch.
    public override string CreateSchema =>
        """IF SCHEMA_ID(N'$(Schema)') IS NULL EXEC(N'CREATE SCHEMA "$(Schema)";');""";

    /// <summary>
    /// Takes the lock of our schema until the transaction ends. Answers 0 or 1, or less when it was not granted. An
    /// error later takes the whole transaction back, and the lock with it.
    /// </summary>
    internal static string TakeLock =>
        """
        SET XACT_ABORT ON;
        DECLARE @Answer int;
        EXEC @Answer = sp_getapplock @Resource = @Name, @LockMode = 'Exclusive', @LockOwner = 'Transaction',
            @LockTimeout = @Milliseconds;
        SELECT @Answer;
        """;

    /// <summary>What is wrong with a connection string; never repeats it.</summary>
    public static string? FaultOf(string connection) =>
        string.IsNullOrWhiteSpace(new SqlConnectionStringBuilder(connection).DataSource)
            ? "has no Server. Use Server=…;Database=…;User ID=…;Password=…."
            : null;

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var builder = new SqlConnectionStringBuilder(connection);
        if (!builder.ShouldSerialize("Application Name"))
        {
            builder.ApplicationName = "DataExport";
        }

        var opened = new SqlConnection(builder.ConnectionString);
        try
        {
            await opened.OpenAsync(cancellationToken);
            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    public override async Task<DbTransaction> BeginAsync(
        DbConnection connection, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        await using var command = (SqlCommand)connection.CreateCommand();
        command.Transaction = (SqlTransaction)transaction;
        command.CommandText = TakeLock;

        // The server answers before the client gives up on it.
        command.CommandTimeout = (int)Patience.TotalSeconds + 1;
        _ = command.Parameters.AddWithValue("@Name", $"DataExport.Control.{Schema}");
        _ = command.Parameters.AddWithValue("@Milliseconds", (int)Patience.TotalMilliseconds);
        return await command.ExecuteScalarAsync(cancellationToken) is int and >= 0
            ? transaction
            : throw new TimeoutException("Another silo holds the lock of the control database for too long.");
    }

    public override void Bind(DbParameter parameter, DbType type, object? value)
    {
        // DbType.DateTime is datetime here, which keeps every third millisecond only.
        base.Bind(parameter, type is DbType.DateTime ? DbType.DateTime2 : type, value);
        if (value is string text)
        {
            // A plan a length of text would be kept otherwise.
            parameter.Size = Math.Max(text.Length, LettersKept);
        }
    }
}
