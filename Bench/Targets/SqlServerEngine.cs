using System.Data;
using System.Globalization;
using DataExport.Grains.Ports;
using DataExport.Targets.Layout;
using DataExport.Targets.Merging;
using DataExport.Targets.SqlServer;
using Microsoft.Data.SqlClient;

namespace DataExport.Bench.Targets;

/// <summary>
/// The SQL Server that <c>DATAEXPORT_TEST_SQLSERVER</c> names, in a database of the bench's own. The ceiling copies
/// rows that were made ready before.
/// </summary>
internal sealed class SqlServerEngine : IBenchEngine
{
    public const string Variable = "DATAEXPORT_TEST_SQLSERVER";

    private const string Stage = "dbo.raw_stage";

    private readonly string _server;
    private readonly string _database;
    private readonly string _connectionString;
    private readonly SqlServerTargetOptions _options = new();
    private SqlConnection? _connection;
    private RowShape? _shape;

    private SqlServerEngine(string server)
    {
        _server = server;
        _database = $"dataexportbench{Guid.NewGuid():N}"[..20];
        _connectionString = new SqlConnectionStringBuilder(server) { InitialCatalog = _database }.ConnectionString;
    }

    public string Name => "sqlserver";

    public static async Task<SqlServerEngine> StartAsync(string server)
    {
        var engine = new SqlServerEngine(server);
        await using var connection = new SqlConnection(server);
        await connection.OpenAsync();
        await using var command = new SqlCommand($"CREATE DATABASE {engine._database}", connection);
        _ = await command.ExecuteNonQueryAsync();
        return engine;
    }

    public async Task<ITarget> ProvisionAsync(TableDefinition table)
    {
        var text = SqlServerTargetFactory.ReadConnection(_connectionString);
        await using (var ceiling = new SqlServerTarget(text, Names("raw"), _options))
        {
            _ = await ceiling.ProvisionAsync([table], CancellationToken.None);
        }

        var raw = TargetTable.Of(table, Names("raw"));
        _shape = RowShape.Whole(raw);
        _connection ??= await OpenAsync();
        await ExecuteAsync($"IF OBJECT_ID('{Stage}') IS NOT NULL DROP TABLE {Stage}");
        var columns = raw.Columns.Select(static column => $"{column.Name} {column.DeclaredType} NULL");
        await ExecuteAsync($"CREATE TABLE {Stage} ({string.Join(", ", columns)})");
        var target = new SqlServerTarget(text, Names(""), _options);
        _ = await target.ProvisionAsync([table], CancellationToken.None);
        return target;
    }

    public object Ready(MergeItem[] batch)
    {
        var rows = batch.Select(static item => new RowWrite(
            RowWriteKind.Insert, item.RecordId, item.Columns!, item.Evidence.Version, null, DateTime.UnixEpoch,
            DateTime.UnixEpoch)).ToList();
        using var reader = new BulkRows(_shape!, rows);
        var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        foreach (var column in RowColumns.Of(_shape!))
        {
            _ = table.Columns.Add(column.Name, typeof(object));
        }

        while (reader.Read())
        {
            _ = table.Rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)]);
        }

        return table;
    }

    public async Task MergeRawAsync(object batch)
    {
        await using var transaction = (SqlTransaction)await _connection!.BeginTransactionAsync();
        await CopyAsync((DataTable)batch, Stage, transaction);
        var table = _shape!.Table;
        var columns = string.Join(", ", table.Columns.Select(static column => column.Name));
        await ExecuteAsync(
            $"""
            UPDATE t SET {RowColumns.SetList(_shape)}
            FROM {table.Name} AS t INNER JOIN {Stage} AS s ON t."Id" = s."Id"
            WHERE s."versionnumber" > t."versionnumber";
            INSERT INTO {table.Name} ({columns}) SELECT {columns} FROM {Stage} AS s
            WHERE NOT EXISTS (SELECT 1 FROM {table.Name} AS t WHERE t."Id" = s."Id");
            TRUNCATE TABLE {Stage};
            """,
            transaction);
        await transaction.CommitAsync();
    }

    public async Task LoadRawAsync(object page)
    {
        await using var transaction = (SqlTransaction)await _connection!.BeginTransactionAsync();
        await CopyAsync((DataTable)page, _shape!.Table.Name.ToString(), transaction);
        await transaction.CommitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }

        SqlConnection.ClearAllPools();
        await using var connection = new SqlConnection(_server);
        await connection.OpenAsync();
        await using var command = new SqlCommand($"DROP DATABASE {_database}", connection);
        try
        {
            _ = await command.ExecuteNonQueryAsync();
        }
        catch (SqlException)
        {
            // Some servers notice a while later that connections are closed. The database's name says whose it is.
            await Console.Error.WriteLineAsync($"Database {_database} is still in use. Drop it.");
        }
    }

    private static TargetNames Names(string prefix) => new(prefix, SqlServerDialect.Instance, "dbo");

    private async Task<SqlConnection> OpenAsync()
    {
        var connection = new SqlConnection(_connectionString);
        await connection.OpenAsync();
        return connection;
    }

    private async Task CopyAsync(DataTable rows, string into, SqlTransaction transaction)
    {
        using var copy = new SqlBulkCopy(_connection, SqlBulkCopyOptions.Default, transaction)
        {
            DestinationTableName = into,
        };
        foreach (DataColumn column in rows.Columns)
        {
            _ = copy.ColumnMappings.Add(column.ColumnName, column.ColumnName);
        }

        await copy.WriteToServerAsync(rows);
    }

    private async Task ExecuteAsync(string sql, SqlTransaction? transaction = null)
    {
        await using var command = new SqlCommand(sql, _connection, transaction) { CommandTimeout = 300 };
        _ = await command.ExecuteNonQueryAsync();
    }
}
