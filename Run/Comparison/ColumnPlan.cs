using DataExport.Sandbox;

namespace DataExport.Run.Comparison;

/// <summary>Which column of a target's table is compared with which column of the source.</summary>
/// <param name="Ordinal">The column's place in the target's rows.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Source">The source's column.</param>
/// <param name="IsEntityType">Whether it names the table that the lookup points to.</param>
internal sealed record ColumnPlan(int Ordinal, string Name, SandboxColumn Source, bool IsEntityType)
{
    private const string EntityTypeSuffix = "_entitytype";

    /// <summary>
    /// Plans all columns but <c>Id</c> and <c>Sink…</c>; what has no partner on the other side is a difference.
    /// </summary>
    public static IReadOnlyList<ColumnPlan> Of(
        SandboxTable table, IReadOnlyList<string> targetColumns, ComparisonResult result)
    {
        var expected = ExpectedColumns(table);
        var plans = new List<ColumnPlan>(targetColumns.Count);
        for (var ordinal = 0; ordinal < targetColumns.Count; ordinal++)
        {
            var name = targetColumns[ordinal];
            if (name == "Id" || name.StartsWith("Sink", StringComparison.Ordinal))
            {
                continue;
            }

            if (expected.Remove(name, out var column))
            {
                plans.Add(new ColumnPlan(ordinal, name, column.Source, column.IsEntityType));
            }
            else
            {
                result.Add(new Difference(DifferenceKind.ExtraColumn, table.Name, null, name));
            }
        }

        foreach (var missing in expected.Keys)
        {
            result.Add(new Difference(DifferenceKind.MissingColumn, table.Name, null, missing));
        }

        return plans;
    }

    private static Dictionary<string, (SandboxColumn Source, bool IsEntityType)> ExpectedColumns(SandboxTable table)
    {
        var columns = new Dictionary<string, (SandboxColumn, bool)>(StringComparer.Ordinal);
        foreach (var column in table.Columns)
        {
            if (!column.IsReadable || column.Type is SandboxColumnType.Image)
            {
                continue;
            }

            columns.Add(column.Name, (column, false));
            if (column.Type is SandboxColumnType.Lookup or SandboxColumnType.Customer or SandboxColumnType.Owner)
            {
                columns.Add(column.Name + EntityTypeSuffix, (column, true));
            }
        }

        return columns;
    }
}
