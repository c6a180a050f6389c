using DataExport.Targets.Tests.Contract;
using DataExport.Tests;

namespace DataExport.Targets.Tests.Postgres;

/// <summary>The contract on a PostgreSQL server that the tests start themselves.</summary>
public sealed class PostgresContractTests : TargetContract
{
    protected override async Task<TestTarget> CreateAsync() =>
        new PostgresTestTarget(await PostgresServer.ConnectionAsync());
}
