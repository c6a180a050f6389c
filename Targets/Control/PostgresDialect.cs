using System.Buffers.Binary;
using System.Data;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Npgsql;

namespace DataExport.Targets.Control;

/// <summary>A control database in PostgreSQL. Names are in lower case, so that readers need not quote them.</summary>
internal sealed partial class PostgresDialect(string connection, string schema, TimeSpan patience)
    : ControlDialect(Fold(schema), patience)
{
    public const string SchemaDefault = "public";

    public override string Engine => "postgres";

    public override string CountTables =>
        "SELECT COUNT(*) FROM pg_catalog.pg_tables WHERE schemaname = '$(Schema)' AND tablename = lower(@Table);";

    // Looked for first, since CREATE SCHEMA IF NOT EXISTS asks for the right to create one that is there.
    public override string CreateSchema =>
        """
        DO $$ BEGIN
            IF NOT EXISTS (SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = '$(Schema)') THEN
                CREATE SCHEMA "$(Schema)";
            END IF;
        END $$;
        """;

    /// <summary>The lock of a schema: the same in every silo, and unlike what others lock in that database.</summary>
    private long LockKey => BinaryPrimitives.ReadInt64LittleEndian(
        SHA256.HashData(Encoding.UTF8.GetBytes($"DataExport.Control.{Schema}")));

    /// <summary>What is wrong with a connection string; never repeats it.</summary>
    public static string? FaultOf(string connection) =>
        string.IsNullOrWhiteSpace(new NpgsqlConnectionStringBuilder(connection).Host)
            ? "has no Host. Use Host=…;Database=…;Username=…;Password=…."
            : null;

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var builder = new NpgsqlConnectionStringBuilder(connection);
        builder.ApplicationName ??= "DataExport";
        var opened = new NpgsqlConnection(builder.ConnectionString);
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
        // A statement of its own: what follows must see what the last holder of the lock has committed.
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT pg_advisory_xact_lock(@Key);";
        command.CommandTimeout = (int)Patience.TotalSeconds;
        var key = command.CreateParameter();
        (key.ParameterName, key.Value) = ("Key", LockKey);
        _ = command.Parameters.Add(key);
        _ = await command.ExecuteNonQueryAsync(cancellationToken);
        return transaction;
    }

    public override string TextOf(string sql) =>
        QuotedName().Replace(base.TextOf(sql), static name => Fold(name.Value));

    private static string Fold(string name) => name.ToLowerInvariant();

    [GeneratedRegex("\"[A-Za-z_]+\"")]
    private static partial Regex QuotedName();
}
