using System.Text.RegularExpressions;
using DataExport.Targets.Control;
using DataExport.Tests;

namespace DataExport.Targets.Tests.Control;

/// <summary>docs/control-database.md</summary>
internal static partial class ControlDocument
{
    public static string Text { get; } = File.ReadAllText(Repository.File("docs", "control-database.md"));

    /// <summary>Its queries that this engine takes, for a <see cref="ControlProbe"/>.</summary>
    public static IEnumerable<string> QueriesFor(string engine) =>
        from query in SqlBlock().Match(Text).Groups[1].Value.Split(';', StringSplitOptions.TrimEntries)
        where query.Length > 0 && (!query.Contains("PostgreSQL") || engine == "postgres")
            && (!query.Contains("SQL Server") || engine == "sqlserver")
        select TableName().Replace(TimeFilter().Replace(query, "$1 IS NOT NULL"), "$1 $$$2");

    [GeneratedRegex("```sql\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex SqlBlock();

    [GeneratedRegex(@"\$__timeFilter\(([\w.]+)\)")]
    private static partial Regex TimeFilter();

    [GeneratedRegex(@"\b(FROM|JOIN) (\w+)")]
    private static partial Regex TableName();
}

public sealed class ControlDocumentTests
{
    [Fact]
    public void Document_EveryColumn_IsExplained()
    {
        var columns = new[] { ControlTables.Profiles, ControlTables.ProfileTables, ControlTables.SyncMetrics }
            .SelectMany(static table => table.Columns)
            .Select(static column => column.Name);

        columns.Append("ModifiedOn").Append("DeletedOn")
            .Where(static column => !ControlDocument.Text.Contains($"`{column}`"))
            .ShouldBeEmpty();
    }

    [Theory]
    [InlineData("sqlite", 4)]
    [InlineData("postgres", 5)]
    [InlineData("sqlserver", 5)]
    public void Document_Queries_AreForEveryEngine(string engine, int count) =>
        ControlDocument.QueriesFor(engine).Count().ShouldBe(count);
}
