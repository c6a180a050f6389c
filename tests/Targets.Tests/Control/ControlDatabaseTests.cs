using DataExport.Targets.Control;
using DataExport.Targets.Tests.Contract;
using DataExport.Targets.Tests.SqlServer;
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

/// <summary>In a SQL Server that somebody provides, each test in a schema of its own.</summary>
[NeedsSqlServer]
public sealed class SqlServerControlTests(SqlServerDatabase database)
    : ControlDatabaseContract, IClassFixture<SqlServerDatabase>
{
    public override ControlDatabaseOptions Empty() => new()
    {
        Type = "sqlserver",
        Connection = new SqlConnectionStringBuilder(database.Connection) { Pooling = false }.ConnectionString,
        Schema = "Control" + Guid.NewGuid().ToString("N")[..8],
    };
}
