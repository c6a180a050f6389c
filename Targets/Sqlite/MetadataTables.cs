using System.Globalization;
using DataExport.Targets.Layout;

namespace DataExport.Targets.Sqlite;

/// <summary>Fills DES's metadata tables from table definitions. Runs inside the caller's transaction.</summary>
internal sealed class MetadataTables(SqliteDatabase database, TargetNames names)
{
    private const string Subject = "Metadata";

    /// <summary>Replaces what the metadata tables say of a table.</summary>
    public void Replace(TableDefinition table, DateTime now)
    {
        foreach (var rows in MetadataRows.Of(table, names, now))
        {
            Run(
                $"DELETE FROM {rows.Table.Name} WHERE {SqlIdentifier.Of(rows.ScopeColumn)} = ?1",
                statement => statement.Bind(1, rows.Scope));
            foreach (var row in rows.Rows)
            {
                Run(InsertScript(rows), statement => Bind(statement, row));
            }
        }
    }

    private static string InsertScript(MetadataRows rows)
    {
        var columns = string.Join(", ", rows.Columns.Select(column => SqlIdentifier.Of(column.Name)));
        var parameters = string.Join(", ", rows.Columns.Select((_, place) => $"?{place + 1}"));
        return $"INSERT INTO {rows.Table.Name} ({columns}) VALUES ({parameters})";
    }

    private static void Bind(SqliteStatement statement, object?[] row)
    {
        for (var place = 0; place < row.Length; place++)
        {
            switch (row[place])
            {
                case string text:
                    statement.Bind(place + 1, text);
                    break;
                case DateTime instant:
                    statement.Bind(place + 1, instant);
                    break;
                case bool isSet:
                    statement.Bind(place + 1, isSet ? 1L : 0L);
                    break;
                case null:
                    statement.BindNull(place + 1);
                    break;
                case var number:
                    statement.Bind(place + 1, Convert.ToInt64(number, CultureInfo.InvariantCulture));
                    break;
            }
        }
    }

    private void Run(string sql, Action<SqliteStatement> bind)
    {
        var statement = database.Prepare(sql, Subject);
        try
        {
            bind(statement);
            statement.Run();
        }
        finally
        {
            database.Forget(statement);
        }
    }
}
