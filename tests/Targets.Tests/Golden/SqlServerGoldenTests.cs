using DataExport.Targets.Layout;
using DataExport.Targets.Tests.SqlServer;

namespace DataExport.Targets.Tests.Golden;

/// <summary>What SQL Server is sent. That all of it is T-SQL, a parser says elsewhere.</summary>
public sealed class SqlServerGoldenTests : GoldenTests
{
    protected override string Engine => "sqlserver";

    internal override TargetNames ProfileNames => SqlServerStatementTests.Names;

    internal override IEnumerable<string> ViewStatements(ReportView view) => [view.CreateScript()];

    internal override IEnumerable<(string Title, string Statement)> StatementsOf(TableDefinition table) =>
        SqlServerStatementTests.Of(table)
            .Select(static (statement, number) => (Titled("statement", number), statement));

    internal override IEnumerable<(string Title, string Statement)> SystemStatements() =>
        SqlServerStatementTests.Shared()
            .Select(static (statement, number) => (Titled("statement", number), statement));
}
