using DataExport.Targets.Tests.Contract;
using DataExport.Targets.Tests.Postgres;
using DataExport.Targets.Tests.Sqlite;
using DataExport.Targets.Tests.SqlServer;
using DataExport.Tests;

namespace DataExport.Targets.Tests.Exports;

/// <summary>Real exports on SQLite.</summary>
public sealed class SqliteExportTests : ExportContract
{
    protected override Task<TestTarget> CreateAsync() => Task.FromResult<TestTarget>(new SqliteTestTarget());
}

/// <summary>The same on a PostgreSQL server that the tests start themselves.</summary>
public sealed class PostgresExportTests : ExportContract
{
    protected override async Task<TestTarget> CreateAsync() =>
        new PostgresTestTarget(await PostgresServer.ConnectionAsync());
}

/// <summary>The same on the SQL Server that <c>DATAEXPORT_TEST_SQLSERVER</c> names.</summary>
[NeedsSqlServer]
public sealed class SqlServerExportTests(SqlServerDatabase database)
    : ExportContract, IClassFixture<SqlServerDatabase>
{
    protected override Task<TestTarget> CreateAsync() =>
        Task.FromResult<TestTarget>(new SqlServerTestTarget(database.Connection));
}
