using DataExport.Targets.Layout;

namespace DataExport.Targets.SqlServer;

/// <summary>The statements that look at what is there of a profile's tables, and those that change it.</summary>
internal sealed class SchemaStatements(TargetNames names)
{
    /*
    The columns of a table, whether no two of its rows can have the same value in one, and whether an index begins with
    one.

    Demands:
    1. Names in the case in which they were written: sys.columns of servers that are not SQL Server lacks it.
    2. Views are told from tables.
    3. An index over several columns, or over some rows, makes no column of it unique.
    */
    public const string Columns =
        """
        SELECT t.TABLE_TYPE, c.COLUMN_NAME, c.DATA_TYPE, c.CHARACTER_MAXIMUM_LENGTH, c.NUMERIC_SCALE,
            CASE WHEN c.IS_NULLABLE = 'NO' AND c.COLUMN_DEFAULT IS NULL THEN 1 ELSE 0 END,
            CASE WHEN EXISTS (
                SELECT 1 FROM sys.indexes AS i
                INNER JOIN sys.index_columns AS k ON k.object_id = i.object_id AND k.index_id = i.index_id
                WHERE i.object_id = OBJECT_ID(@Object) AND i.is_unique = 1 AND i.has_filter = 0 AND k.key_ordinal = 1
                    AND LOWER(COL_NAME(k.object_id, k.column_id)) = LOWER(c.COLUMN_NAME)
                    AND NOT EXISTS (
                        SELECT 1 FROM sys.index_columns AS o
                        WHERE o.object_id = i.object_id AND o.index_id = i.index_id AND o.key_ordinal > 1))
                THEN 1 ELSE 0 END,
            CASE WHEN EXISTS (
                SELECT 1 FROM sys.indexes AS i
                INNER JOIN sys.index_columns AS k ON k.object_id = i.object_id AND k.index_id = i.index_id
                WHERE i.object_id = OBJECT_ID(@Object) AND i.has_filter = 0 AND k.key_ordinal = 1
                    AND LOWER(COL_NAME(k.object_id, k.column_id)) = LOWER(c.COLUMN_NAME))
                THEN 1 ELSE 0 END
        FROM INFORMATION_SCHEMA.TABLES AS t
        LEFT JOIN INFORMATION_SCHEMA.COLUMNS AS c ON c.TABLE_SCHEMA = t.TABLE_SCHEMA AND c.TABLE_NAME = t.TABLE_NAME
        WHERE t.TABLE_SCHEMA = @Schema AND t.TABLE_NAME = @Table
        ORDER BY c.ORDINAL_POSITION;
        """;

    /// <summary>The names of all table types of a schema.</summary>
    public const string Types = "SELECT tt.name FROM sys.table_types AS tt WHERE tt.schema_id = SCHEMA_ID(@Schema);";

    /// <summary>The columns of a table type.</summary>
    public const string TypeColumns =
        """
        SELECT c.name, t.name, c.max_length, c.precision, c.scale
        FROM sys.table_types AS tt
        INNER JOIN sys.columns AS c ON c.object_id = tt.type_table_object_id
        INNER JOIN sys.types AS t ON t.user_type_id = c.user_type_id
        WHERE tt.schema_id = SCHEMA_ID(@Schema) AND tt.name = @Type
        ORDER BY c.column_id;
        """;

    /// <summary>Whether who reads waits for nobody who writes.</summary>
    public const string IsSnapshotOn =
        "SELECT is_read_committed_snapshot_on FROM sys.databases WHERE name = DB_NAME();";

    public const string HasSchema = "SELECT SCHEMA_ID(@Schema);";

    /// <summary>In a text of its own, since it must be the first statement of a batch.</summary>
    public string CreateSchema { get; } = $"EXEC(N'{Doubled($"CREATE SCHEMA {SqlIdentifier.Of(names.Schema)}")}');";

    /// <summary>The columns whose last change is that the source has them no more.</summary>
    public string RemovedColumns { get; } =
        $"""
        SELECT s."EntityName", s."ColumnName" FROM {names.SchemaChanges} AS s
        INNER JOIN (
            SELECT "EntityName", "ColumnName", MAX("Id") AS "Latest" FROM {names.SchemaChanges}
            WHERE "ColumnName" IS NOT NULL GROUP BY "EntityName", "ColumnName") AS l ON l."Latest" = s."Id"
        WHERE s."Change" = N'{nameof(SchemaChangeKind.ColumnRemoved)}';
        """;

    public string NoteChange { get; } =
        $"""
        INSERT INTO {names.SchemaChanges} ("EntityName", "ColumnName", "Change", "Detail", "ChangedOn")
        VALUES (@EntityName, @ColumnName, @Change, @Detail, @ChangedOn);
        """;

    public string ResetState { get; } =
        $"""
        UPDATE {names.TableSync} SET "Phase" = 0, "NextLink" = NULL, "DeltaLink" = NULL, "BeganOn" = NULL,
            "RowsDone" = 0, "RowsTotal" = 0, "IsResync" = 0, "LastDeltaOn" = NULL, "Message" = NULL
        WHERE "EntityName" = @EntityName;
        """;

    public string HasState { get; } = $"""SELECT 1 FROM {names.TableSync} WHERE "EntityName" = @EntityName;""";

    /// <summary>The state of a table that nobody has read yet.</summary>
    public string AddState(TargetTable table) =>
        $"""
        INSERT INTO {names.TableSync}
            ("EntityName", "Phase", "RowsDone", "RowsTotal", "IsResync", "HighestVersion", "LastQuestion")
        SELECT @EntityName, 0, 0, 0, 0, COALESCE(MAX(v."Highest"), 0), 0 FROM (
            SELECT MAX("versionnumber") AS "Highest" FROM {table.Name}
            UNION ALL
            SELECT MAX("VersionNumber") FROM {names.DeleteLog} WHERE "EntityName" = @EntityName) AS v;
        """;

    /// <summary>The statements that make one change.</summary>
    public IEnumerable<string> Of(TargetTable table, SchemaChange change) => change.Kind switch
    {
        SchemaChangeKind.TableCreated => [CreateTable(table)],
        SchemaChangeKind.ColumnAdded => [AddColumn(table, change.Column!)],
        SchemaChangeKind.ColumnWidened =>
            [$"ALTER TABLE {table.Name} ALTER COLUMN {change.Column!.Name} {change.Column.DeclaredType};"],
        SchemaChangeKind.ColumnRetyped => [AddColumn(table, change.Column!), .. Carry(table, change)],
        SchemaChangeKind.IndexMade => [$"{table.Dialect.IndexScript(table, change.Column!)};"],
        _ => [],
    };

    public static string CreateType(RowType type)
    {
        var columns = type.Columns.Select(static column => $"    {column.Name} {column.DeclaredType} NULL");
        return $"CREATE TYPE {type.Name} AS TABLE (\n{string.Join(",\n", columns)}\n);";
    }

    /// <summary>
    /// Makes the rows of a set findable without reading the table. An index that begins with the column will do,
    /// whoever made it.
    /// </summary>
    public static string SetIndex(TargetTable table, string column)
    {
        var name = SqlServerDialect.Shortened($"{table.Name.Name}_{column}");
        return $"""
            IF NOT EXISTS (
                SELECT 1 FROM sys.index_columns AS k
                WHERE k.object_id = OBJECT_ID(@Object) AND k.key_ordinal = 1
                    AND LOWER(COL_NAME(k.object_id, k.column_id)) = LOWER(@Column))
                CREATE INDEX {name} ON {table.Name} ({table.Dialect.Name(column)});
            """;
    }

    /// <summary>
    /// The index of a table that every target has, where somebody made the table without. One that has its last column
    /// among the first two will do.
    /// </summary>
    public static string Index(SystemTable table) =>
        $"""
        IF NOT EXISTS (
            SELECT 1 FROM sys.index_columns AS k
            WHERE k.object_id = OBJECT_ID(@Object) AND k.key_ordinal IN (1, 2)
                AND LOWER(COL_NAME(k.object_id, k.column_id)) = LOWER(@Column))
            {table.Scripts(SqlServerDialect.Instance).Last()};
        """;

    /// <summary>Empties what nobody fills any more.</summary>
    public static string Forget(TargetTable table, IEnumerable<SqlIdentifier> columns) =>
        $"UPDATE {table.Name} SET {string.Join(", ", columns.Select(static column => $"{column} = NULL"))};";

    private string CreateTable(TargetTable table)
    {
        var lines = table.Columns.Select(static (column, place) =>
            $"    {column.Name} {column.DeclaredType} {(place == 0 ? "NOT NULL" : "NULL")},\n");

        // DES named it so, brackets included.
        var key = SqlServerDialect.Shortened($"EPK[{names.Schema}].[{table.Name.Name}]");
        return $"CREATE TABLE {table.Name} (\n{string.Concat(lines)}"
            + $"    CONSTRAINT {key} PRIMARY KEY CLUSTERED ({table.Columns[0].Name})\n);";
    }

    private static string Doubled(string text) => text.Replace("'", "''", StringComparison.Ordinal);

    private static string AddColumn(TargetTable table, TargetColumn column) =>
        $"ALTER TABLE {table.Name} ADD {column.Name} {column.DeclaredType} NULL;";

    /// <summary>Carries over what cannot fail; the rest comes with the rows, which are read again.</summary>
    private static IEnumerable<string> Carry(TargetTable table, SchemaChange change) =>
        change.CarryExpression is { } carried
            ? [$"UPDATE {table.Name} SET {change.Column!.Name} = {Shown(change, carried)};"]
            : [];

    /// <summary>An id as a text is in lower case, as the source writes it.</summary>
    private static string Shown(SchemaChange change, string carried) =>
        change.Before?.Cell is CellType.Id ? $"LOWER({carried})" : carried;
}
