using DataExport.Targets.Tests.Contract;

namespace DataExport.Targets.Tests.Sqlite;

/// <summary>The contract on SQLite.</summary>
public sealed class SqliteContractTests : TargetContract
{
    protected override Task<TestTarget> CreateAsync() => Task.FromResult<TestTarget>(new SqliteTestTarget());
}
