using DataExport.Grains.Ports;
using DataExport.Targets.Layout;
using DataExport.Targets.Merging;

namespace DataExport.Targets.SqlServer;

/// <summary>Copies rows in bulk.</summary>
internal static class SqlServerCopy
{
    /// <summary>A closing bracket, which not every server that speaks T-SQL reads in a bulk copy's names.</summary>
    private const char Bracket = ']';

    /// <summary>Whether the names of a table allow it.</summary>
    public static bool IsFor(TargetTable table) => !table.Name.ToString().Contains(Bracket)
        && !table.Columns.Any(static column => column.Name.Name.Contains(Bracket));

    /// <summary>Copies whole rows of a table, whose cells were looked at before.</summary>
    /// <param name="session">The connection, within a transaction.</param>
    /// <param name="table">The table.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="into">The table itself, or its stage.</param>
    /// <exception cref="TargetRefusedException">A row does not fit the table as it is by now.</exception>
    public static async Task RunAsync(
        SqlServerSession session, TargetTable table, IReadOnlyList<RowWrite> rows, TableName into)
    {
        var shape = RowShape.Whole(table);
        using var copy = session.CreateBulkCopy();
        copy.DestinationTableName = into.ToString();
        var place = 0;
        foreach (var column in RowColumns.Of(shape))
        {
            _ = copy.ColumnMappings.Add(place++, column.Name);
        }

        await using var reader = new BulkRows(shape, rows);
        try
        {
            await copy.WriteToServerAsync(reader).ConfigureAwait(false);
        }
        catch (InvalidOperationException)
        {
            // The driver's word for what the columns of the table do not take. It repeats the value.
            session.Break();
            throw new TargetRefusedException(
                $"{table.Definition.Name}: a row does not fit the columns that the table has in the target.");
        }
    }
}
