using System.Globalization;
using System.Text;
using DataExport.Grains.Ports;
using DataExport.Targets.Layout;

namespace DataExport.Targets.Sqlite;

/// <summary>Creates and changes what is needed of a profile's tables. Runs inside the caller's transaction.</summary>
internal sealed class SqliteSchema(SqliteDatabase database)
{
    /// <summary>
    /// Creates a metadata table, the delete log, <c>Pending</c> or the sync state, or adds what an earlier version did
    /// not have yet.
    /// </summary>
    /// <exception cref="TargetRefusedException">Something else has the name.</exception>
    public void Ensure(SystemTable table)
    {
        foreach (var script in table.MissingScripts(SqliteDialect.Instance, ReadColumns(table.Name)))
        {
            database.Execute(script);
        }
    }

    /// <summary>What the table of a source's table lacks.</summary>
    /// <exception cref="TargetRefusedException">Something else has the name.</exception>
    public SchemaPlan Plan(TargetTable table, IReadOnlySet<string> removed, TargetExtras extras)
    {
        _ = table.RowId();
        return SchemaPlan.Of(table, ReadColumns(table.Name), removed, SqliteDialect.Instance, extras);
    }

    /// <summary>Makes one change.</summary>
    public void Change(TargetTable table, SchemaChange change)
    {
        var subject = table.Definition.Name;
        switch (change.Kind)
        {
            case SchemaChangeKind.TableCreated:
                database.Execute(CreateScript(table), subject);
                break;
            case SchemaChangeKind.ColumnAdded or SchemaChangeKind.ColumnRetyped:
                var column = change.Column!;
                database.Execute($"ALTER TABLE {table.Name} ADD COLUMN {column.Name} {column.DeclaredType}", subject);
                if (change.Before is { } before && change.CarryExpression is not null)
                {
                    database.Execute(
                        $"UPDATE {table.Name} SET {column.Name} = {SqlIdentifier.Of(before.Name)}", subject);
                }

                break;
            case SchemaChangeKind.IndexMade:
                database.Execute(SqliteDialect.Instance.IndexScript(table, change.Column!), subject);
                break;
            case SchemaChangeKind.ViewMade:
                SqliteViews.Make(database, change.View!);
                break;
            default:
                break;
        }
    }

    /// <summary>Makes the rows of the table's sets findable without reading the table.</summary>
    public void IndexSets(TargetTable table)
    {
        foreach (var column in table.SetColumns)
        {
            database.Execute(SetIndexScript(table, column), table.Definition.Name);
        }
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

    private static string SetIndexScript(TargetTable table, string column) =>
        $"CREATE INDEX IF NOT EXISTS {SqlIdentifier.Of($"{table.Name.Name}_{column}")} "
        + $"ON {table.Name} ({SqlIdentifier.Of(column)})";

    /// <summary>The columns of a table; nothing if there is none of that name.</summary>
    /// <exception cref="TargetRefusedException">Something that is no table has the name.</exception>
    private List<ActualColumn>? ReadColumns(TableName table)
    {
        if (!Exists(table))
        {
            return null;
        }

        var isIdUnique = IsIdUnique(table);
        var indexed = ReadIndexed(table);
        var columns = new List<ActualColumn>();
        var statement = database.Prepare(
            """SELECT "name", "type", "notnull", "dflt_value" IS NULL FROM pragma_table_xinfo(?1)""", "Schema");
        statement.Bind(1, table.Name);
        while (statement.Step())
        {
            var name = statement.Text(0);
            var isId = name.Equals(TargetTable.Id, StringComparison.OrdinalIgnoreCase);
            var (cell, length, scale) = Parse(statement.Text(1));
            columns.Add(new ActualColumn(
                name, cell, length, scale, statement.Int64(2) != 0 && statement.Int64(3) != 0 && !isId)
            {
                IsUnique = isId && isIdUnique,
                IsIndexed = indexed.Contains(name),
            });
        }

        database.Forget(statement);
        return columns;
    }

    /// <summary>
    /// What a declared type is meant to hold. What is not known here takes numbers, as SQLite has it.
    /// </summary>
    private static (CellType Cell, int Length, int Scale) Parse(string declared)
    {
        var open = declared.IndexOf('(', StringComparison.Ordinal);
        var name = (open < 0 ? declared : declared[..open]).Trim().ToLowerInvariant();
        var numbers = open < 0 ? [] : declared[(open + 1)..].TrimEnd(')').Split(',');
        var last = int.TryParse(numbers.LastOrDefault(), CultureInfo.InvariantCulture, out var number) ? number : 0;
        return name switch
        {
            "uniqueidentifier" => (CellType.Id, 0, 0),
            "int" => (CellType.Int, 0, 0),
            "bigint" or "integer" => (CellType.BigInt, 0, 0),
            "bit" => (CellType.Bit, 0, 0),
            "datetime" => (CellType.Instant, 0, 0),
            _ when name.Contains("char", StringComparison.Ordinal) || name.Contains("text", StringComparison.Ordinal) =>
                (CellType.Text, last, 0),
            _ => (CellType.Decimal, 0, last),
        };
    }

    /// <summary>Whether there is a table of that name that can take rows.</summary>
    internal bool Exists(TableName name)
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

    /// <summary>The columns with which an index of all rows begins.</summary>
    private HashSet<string> ReadIndexed(TableName table)
    {
        var indexed = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var statement = database.Prepare(
            """
            SELECT c."name" FROM pragma_index_list(?1) AS i, pragma_index_info(i."name") AS c
            WHERE i."partial" = 0 AND c."seqno" = 0 AND c."name" IS NOT NULL
            """,
            "Schema");
        statement.Bind(1, table.Name);
        while (statement.Step())
        {
            _ = indexed.Add(statement.Text(0));
        }

        database.Forget(statement);
        return indexed;
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
}
