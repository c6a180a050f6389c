using System.Text;
using DataExport.Grains.Ports;
using DataExport.Targets.Layout;

namespace DataExport.Targets.Sqlite;

/// <summary>Creates what is missing of a profile's tables. Runs inside the caller's transaction.</summary>
internal sealed class SqliteSchema(SqliteDatabase database)
{
    /// <summary>
    /// Creates a metadata table, the delete log, <c>Pending</c> or the sync state, or adds what an earlier version did
    /// not have yet.
    /// </summary>
    /// <exception cref="TargetRefusedException">Something else has the name.</exception>
    public void Ensure(SystemTable table)
    {
        if (!Exists(table.Name))
        {
            foreach (var script in table.Scripts(SqliteDialect.Instance))
            {
                database.Execute(script);
            }

            return;
        }

        var present = ColumnsOf(table.Name);
        Demand(
            table.Name,
            present,
            table.Columns.Where(column => !column.IsNullable).Select(column => column.Name));
        foreach (var column in table.Columns.Where(column => !present.Contains(column.Name)))
        {
            database.Execute(table.AddScript(SqliteDialect.Instance, column));
        }
    }

    /// <summary>
    /// Creates the table of a source's table, or adds the columns that it lacks at its end. True when it did: what is
    /// new is empty, and no delta brings what has not changed since.
    /// </summary>
    /// <exception cref="TargetRefusedException">Something else has the name.</exception>
    public bool Ensure(TargetTable table)
    {
        _ = table.RowId();
        var isChanged = EnsureColumns(table);
        foreach (var column in table.SetColumns)
        {
            database.Execute(SetIndexScript(table, column), table.Definition.Name);
        }

        return isChanged;
    }

    private bool EnsureColumns(TargetTable table)
    {
        if (!Exists(table.Name))
        {
            database.Execute(CreateScript(table), table.Definition.Name);
            return true;
        }

        var present = ColumnsOf(table.Name);
        Demand(table.Name, present, [TargetTable.Id, TargetTable.SinkCreatedOn, TargetTable.SinkModifiedOn]);
        if (!IsIdUnique(table.Name))
        {
            throw new TargetRefusedException(
                $"There is already a table named {table.Name}, and its Id is not unique. Rename or drop it.");
        }

        var isWidened = false;
        foreach (var column in table.Columns)
        {
            if (!present.Contains(column.Name.Name))
            {
                database.Execute(
                    $"ALTER TABLE {table.Name} ADD COLUMN {column.Name} {column.DeclaredType}", table.Definition.Name);
                isWidened = true;
            }
        }

        return isWidened;
    }

    /// <summary>The statement that creates a source's table.</summary>
    internal static string CreateScript(TargetTable table)
    {
        var script = new StringBuilder($"CREATE TABLE {table.Name} (\n");
        foreach (var column in table.Columns)
        {
            var demand = column.Name.Name == TargetTable.Id ? " NOT NULL" : "";
            script.Append($"    {column.Name} {column.DeclaredType}{demand},\n");
        }

        // DES named it so, brackets included.
        var key = SqlIdentifier.Of($"EPK[dbo].[{table.Name.Name}]");
        return script.Append($"    CONSTRAINT {key} PRIMARY KEY (\"{TargetTable.Id}\")\n);").ToString();
    }

    /// <summary>The statement that makes the rows of a set findable without reading the table.</summary>
    internal static string SetIndexScript(TargetTable table, string column) =>
        $"CREATE INDEX IF NOT EXISTS {SqlIdentifier.Of($"{table.Name.Name}_{column}")} "
        + $"ON {table.Name} ({SqlIdentifier.Of(column)})";

    /// <summary>Whether there is a table of that name that can take rows.</summary>
    private bool Exists(TableName name)
    {
        var type = QueryText("""SELECT "type" FROM sqlite_schema WHERE "name" = ?1 COLLATE NOCASE""", name.Name);
        if (type is null)
        {
            return false;
        }

        var kind = QueryText(
            """SELECT "type" FROM pragma_table_list WHERE "schema" = 'main' AND "name" = ?1 COLLATE NOCASE""",
            name.Name);
        return type == "table" && kind == "table"
            ? true
            : throw new TargetRefusedException(
                $"There is already an object named {name}, and it is no table. Rename or drop it.");
    }

    private HashSet<string> ColumnsOf(TableName table)
    {
        var columns = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var statement = database.Prepare("""SELECT "name" FROM pragma_table_xinfo(?1)""", "Schema");
        statement.Bind(1, table.Name);
        while (statement.Step())
        {
            _ = columns.Add(statement.Text(0));
        }

        database.Forget(statement);
        return columns;
    }

    private bool IsIdUnique(TableName table) => QueryText(
        """
        SELECT i."name" FROM pragma_index_list(?1) AS i
        WHERE i."unique" = 1 AND i."partial" = 0
          AND (SELECT group_concat(c."name") FROM pragma_index_info(i."name") AS c) = 'Id' COLLATE NOCASE
        """,
        table.Name) is not null;

    private string? QueryText(string sql, string parameter)
    {
        var statement = database.Prepare(sql, "Schema");
        statement.Bind(1, parameter);
        var text = statement.Step() ? statement.Text(0) : null;
        database.Forget(statement);
        return text;
    }

    private static void Demand(
        TableName table, HashSet<string> present, IEnumerable<string> columns)
    {
        foreach (var column in columns)
        {
            if (!present.Contains(column))
            {
                throw new TargetRefusedException(
                    $"There is already a table named {table}, and it has no column {column}. Rename or drop it.");
            }
        }
    }
}
