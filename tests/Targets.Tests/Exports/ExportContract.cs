using System.Data.Common;
using DataExport.Run.Comparison;
using DataExport.Sandbox;
using DataExport.Targets.Tests.Contract;

namespace DataExport.Targets.Tests.Exports;

/// <summary>
/// Real metadata, through the environment's answers into a target: what the exports list is what the target has.
/// Written once and run on each engine.
/// </summary>
public abstract class ExportContract
{
    /// <summary>Nobody acts for somebody else in the Sandbox, and no record came from somewhere else.</summary>
    private static readonly string[] _alwaysNull = ["createdonbehalfby", "modifiedonbehalfby"];

    /// <summary>An empty database of the engine.</summary>
    protected abstract Task<TestTarget> CreateAsync();

    /// <param name="pageRowsMin">Pages from this size on are copied, smaller ones merged.</param>
    [ContractTheory("metadata")]
    [InlineData(1)]
    [InlineData(int.MaxValue)]
    public async Task Exports_OfRealTables_HaveEveryColumnAndEveryCellInTheTarget(int pageRowsMin)
    {
        await using var source = await ExportedSource.StartAsync();
        await using var test = await CreateAsync();
        test.PageRowsMin = pageRowsMin;

        await source.ExportToAsync(test);

        foreach (var table in ExportedTable.ReadAll())
        {
            var columns = test.ColumnsOf($"crm_{table.Name}").Select(test.Quoted).ToList();
            var expected = table.Expected.Select(test.Quoted).ToList();
            expected.Except(columns).ShouldBeEmpty($"{table.Name} lacks columns of the export");
            columns.Except(expected).ShouldBeEmpty($"{table.Name} has columns that the export does not");
            Differences(source.Sandbox, test, table).ShouldBeEmpty();
        }
    }

    /// <summary>What differs; a column that the source never fills shows nothing, so it differs, too.</summary>
    private static List<string> Differences(DataverseSandbox sandbox, TestTarget test, ExportedTable table)
    {
        var differences = new List<string>();
        var empty = table.Columns.Select(static column => column.Name).Except(_alwaysNull).ToHashSet();
        var (source, missing) = (sandbox.Table(table.Name), sandbox.Count(sandbox.Table(table.Name)));
        test.Read($"SELECT * FROM crm_{table.Name}", row =>
        {
            missing--;
            sandbox.TryFind(source, Guid.Parse($"{row["Id"]}"), out var record).ShouldBeTrue();
            foreach (var column in table.Columns)
            {
                var expected = sandbox.Value(source, record, source.Column(column.Name)!);
                differences.AddRange(CellDifferences(row, column, expected)
                    .Select(fault => $"{table.Name}/{record.Id}/{fault}"));
                _ = expected.IsNull || empty.Remove(column.Name);
            }
        });
        return missing == 0 ? [.. differences, .. empty] : [$"{missing} rows of {table.Name} are missing"];
    }

    private static IEnumerable<string> CellDifferences(DbDataReader row, ExportedColumn column, SandboxValue expected)
    {
        if (!IsKept(expected, row[column.Name]))
        {
            yield return $"{column.Name}: expected {CellRule.Show(expected)}, found {row[column.Name]}";
        }

        if (column.IsReference && !CellRule.MatchesEntityType(expected, row[column.EntityType]))
        {
            yield return $"{column.EntityType}: expected {expected.LookupTable}, found {row[column.EntityType]}";
        }
    }

    /// <summary>Numbers exactly, where the engine keeps them so; all else as it is shown.</summary>
    private static bool IsKept(SandboxValue expected, object actual) => actual is decimal exact
        && expected.Kind is SandboxValueKind.Decimal
            ? exact == expected.Decimal
            : CellRule.Matches(expected, TestTarget.Shown(actual) ?? DBNull.Value);
}
