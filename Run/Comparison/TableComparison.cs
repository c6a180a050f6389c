using DataExport.Sandbox;
using Microsoft.Data.Sqlite;

namespace DataExport.Run.Comparison;

/// <summary>
/// Compares one table of the Sandbox with its copy, row by row; nothing of the table is held in memory. Nobody may
/// write on either side meanwhile.
/// </summary>
internal sealed class TableComparison(
    DataverseSandbox sandbox, SandboxTable table, string targetTable, ComparisonResult result)
{
    private readonly string _quotedTable = '"' + targetTable.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';

    public void Run(SqliteConnection connection, CancellationToken cancellationToken)
    {
        if (!Exists(connection))
        {
            result.Add(new Difference(DifferenceKind.MissingTable, table.Name));
            return;
        }

        var matched = CompareRows(connection, cancellationToken);
        if (matched != sandbox.Count(table))
        {
            FindMissingRows(connection, cancellationToken);
        }
    }

    private bool Exists(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = $name";
        _ = command.Parameters.AddWithValue("$name", targetTable);
        return (long)command.ExecuteScalar()! > 0;
    }

    /// <summary>Compares every row of the target. Returns how many of them the source has.</summary>
    private long CompareRows(SqliteConnection connection, CancellationToken cancellationToken)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM {_quotedTable}";
        using var reader = command.ExecuteReader();
        var names = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToArray();
        var plans = ColumnPlan.Of(table, names, result);
        var (id, version) = (Array.IndexOf(names, "Id"), Array.IndexOf(names, "versionnumber"));
        long matched = 0, rows = 0, provisional = 0;
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows++;
            provisional += version >= 0 && reader.IsDBNull(version) ? 1 : 0;
            matched += CompareRow(reader, plans, reader.GetValue(id)) ? 1 : 0;
        }

        result.CountRows(rows, provisional);
        return matched;
    }

    /// <summary>Compares one row. Returns whether the source has the record.</summary>
    private bool CompareRow(SqliteDataReader reader, IReadOnlyList<ColumnPlan> plans, object id)
    {
        if (id is not string text
            || !Guid.TryParseExact(text, "D", out var recordId)
            || text != recordId.ToString("D")
            || !sandbox.TryFind(table, recordId, out var record)
            || !record.IsAlive)
        {
            result.Add(new Difference(DifferenceKind.ExtraRow, table.Name, CellRule.Show(id)));
            return false;
        }

        for (var index = 0; index < plans.Count; index++)
        {
            CompareCell(plans[index], record, reader.GetValue(plans[index].Ordinal));
        }

        return true;
    }

    private void CompareCell(ColumnPlan plan, in SandboxRecord record, object actual)
    {
        var expected = sandbox.Value(table, record, plan.Source);
        var matches = plan.IsEntityType
            ? CellRule.MatchesEntityType(expected, actual)
            : CellRule.Matches(expected, actual);
        if (!matches)
        {
            result.Add(new Difference(DifferenceKind.Cell, table.Name, record.Id.ToString("D"), plan.Name)
            {
                Expected = plan.IsEntityType && !expected.IsNull
                    ? $"'{expected.LookupTable}'"
                    : CellRule.Show(expected),
                Actual = CellRule.Show(actual),
            });
        }
    }

    private void FindMissingRows(SqliteConnection connection, CancellationToken cancellationToken)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT 1 FROM {_quotedTable} WHERE \"Id\" = $id";
        var id = command.Parameters.Add("$id", SqliteType.Text);
        foreach (var record in sandbox.Records(table))
        {
            cancellationToken.ThrowIfCancellationRequested();
            id.Value = record.Id.ToString("D");
            if (command.ExecuteScalar() is null)
            {
                result.Add(new Difference(DifferenceKind.MissingRow, table.Name, record.Id.ToString("D")));
            }
        }
    }
}
