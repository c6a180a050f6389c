using DataExport.Targets.Tests.Contract;

namespace DataExport.Targets.Tests.SqlServer;

/// <summary>The contract on the SQL Server that <c>DATAEXPORT_TEST_SQLSERVER</c> names.</summary>
[NeedsSqlServer]
public sealed class SqlServerContractTests(SqlServerDatabase database)
    : TargetContract, IClassFixture<SqlServerDatabase>
{
    /// <summary>Each batch goes over the network several times.</summary>
    protected override int ModelSteps => 400;

    protected override Task<TestTarget> CreateAsync() =>
        Task.FromResult<TestTarget>(new SqlServerTestTarget(database.Connection));
}
