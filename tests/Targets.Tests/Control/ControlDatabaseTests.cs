using System.Data.Common;
using System.Diagnostics;
using DataExport.Targets.Control;
using DataExport.Tests;
using Microsoft.Data.SqlClient;

namespace DataExport.Targets.Tests.Control;

/// <summary>In a file.</summary>
public sealed class SqliteControlTests : ControlDatabaseContract, IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("dataexport-control-").FullName;

    public override ControlDatabaseOptions Empty() => new()
    {
        Type = "sqlite", Connection = $"Data Source={Path.Combine(_directory, "new", "control.db")}",
    };

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}

/// <summary>In a PostgreSQL server, each test in a schema of its own.</summary>
public sealed class PostgresControlTests : ControlDatabaseContract, IAsyncLifetime
{
    private string _connection = "";

    public override ControlDatabaseOptions Empty() => new()
    {
        Type = "postgres", Connection = _connection, Schema = "Control" + Guid.NewGuid().ToString("N")[..8],
    };

    public async Task InitializeAsync() => _connection = await PostgresServer.ConnectionAsync();

    public Task DisposeAsync() => Task.CompletedTask;
}

/// <summary>In a SQL Server that somebody provides, each test in a schema of a database of its own.</summary>
[NeedsSqlServer]
public sealed class SqlServerControlTests : ControlDatabaseContract, IAsyncLifetime
{
    private readonly string _database = "DataExportControl" + Guid.NewGuid().ToString("N")[..8];

    public override ControlDatabaseOptions Empty() => new()
    {
        Type = "sqlserver",
        Connection = new SqlConnectionStringBuilder(NeedsSqlServerAttribute.Connection)
        {
            InitialCatalog = _database, Pooling = false,
        }.ConnectionString,
        Schema = "Control",
    };

    public Task InitializeAsync() => RunAsync($"CREATE DATABASE {_database}");

    /// <summary>Some servers notice a while later that a connection is closed, and drop no database in use.</summary>
    public async Task DisposeAsync()
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await RunAsync($"DROP DATABASE {_database}");
                return;
            }
            catch (SqlException) when (Stopwatch.GetElapsedTime(began) < Patience.Limit)
            {
                await Task.Yield();
            }
        }
    }

    private static async Task RunAsync(string sql)
    {
        await using DbConnection connection = new SqlConnection(NeedsSqlServerAttribute.Connection);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        _ = await command.ExecuteNonQueryAsync();
    }
}
