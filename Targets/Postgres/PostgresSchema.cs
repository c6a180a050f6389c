using DataExport.Grains.Ports;
using DataExport.Targets.Layout;
using Npgsql;

namespace DataExport.Targets.Postgres;

/// <summary>Reads what is there of a profile's tables, and writes the statements that change it.</summary>
internal sealed class PostgresSchema(NpgsqlConnection connection, TargetNames names)
{
    /*
    All columns of all objects that could have the name of one of the profile's tables.

    Demands:
    1. Read from the catalogue itself: information_schema hides what the user has no right to.
    2. Views and foreign tables are told from tables.
    */
    private const string ColumnsStatement =
        """
        SELECT c.relname, c.relkind IN ('r', 'p'), a.attname, t.typname, a.atttypmod,
            a.attnotnull AND NOT a.atthasdef AND a.attidentity = '',
            EXISTS (
                SELECT 1 FROM pg_index AS i
                WHERE i.indrelid = c.oid AND i.indisunique AND i.indpred IS NULL AND i.indnkeyatts = 1
                    AND i.indkey[0] = a.attnum),
            EXISTS (
                SELECT 1 FROM pg_index AS i
                WHERE i.indrelid = c.oid AND i.indisvalid AND i.indpred IS NULL AND i.indkey[0] = a.attnum)
        FROM pg_class AS c
        JOIN pg_namespace AS n ON n.oid = c.relnamespace
        LEFT JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_type AS t ON t.oid = a.atttypid
        WHERE n.nspname = $1 AND c.relname = ANY ($2) ORDER BY c.relname, a.attnum
        """;

    private const string IndexStatement =
        """
        SELECT 1 FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE n.nspname = $1 AND c.relname = $2 AND c.relkind IN ('i', 'I')
        """;

    /// <summary>What PostgreSQL adds to the length of a text or the digits of a number in its catalogue.</summary>
    private const int TypeModifierOffset = 4;

    /// <summary>Whether the schema is there.</summary>
    public async Task<bool> ExistsAsync(CancellationToken cancellationToken)
    {
        await using var batch = connection.CreateBatch();
        batch.BatchCommands.Add(
            new NpgsqlBatchCommand("SELECT 1 FROM pg_namespace WHERE nspname = $1").Add(names.Schema));
        return await batch.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not null;
    }

    /// <summary>The columns of those of some tables that are there.</summary>
    /// <exception cref="TargetRefusedException">Something that is no table has the name of one.</exception>
    public async Task<Dictionary<string, List<ActualColumn>>> ReadColumnsAsync(
        IEnumerable<string> tables, CancellationToken cancellationToken)
    {
        await using var batch = connection.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(ColumnsStatement).Add(names.Schema).Add(tables.ToArray()));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var columns = new Dictionary<string, List<ActualColumn>>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var table = reader.GetString(0);
            if (!reader.GetBoolean(1))
            {
                throw new TargetRefusedException(
                    $"There is already an object named {SqlIdentifier.Of(table)}, and it is no table. "
                    + "Rename or drop it.");
            }

            if (!columns.TryGetValue(table, out var ofTable))
            {
                columns.Add(table, ofTable = []);
            }

            if (!reader.IsDBNull(2))
            {
                ofTable.Add(ColumnOf(reader));
            }
        }

        return columns;
    }

    /// <summary>The statements that create a table of the source.</summary>
    public IEnumerable<string> CreateStatements(TargetTable table)
    {
        var lines = table.Columns.Select(static (column, place) =>
            $"    {column.Name} {column.DeclaredType}{(place == 0 ? " NOT NULL" : "")},\n");

        // DES named it so, brackets included.
        var key = PostgresDialect.Instance.Name($"EPK[{names.Schema}].[{table.Name.Name}]");
        yield return $"CREATE TABLE {table.Name} (\n{string.Concat(lines)}"
            + $"    CONSTRAINT {key} PRIMARY KEY ({table.Columns[0].Name})\n) {PostgresDialect.RowStorage}";
    }

    /// <summary>The statements that make the rows of a set findable without reading the table.</summary>
    public static IEnumerable<string> SetIndexStatements(TargetTable table) => table.SetColumns.Select(column =>
        $"CREATE INDEX {SetIndexName(table, column)} ON {table.Name} ({PostgresDialect.Instance.Name(column)})");

    /// <summary>
    /// Those of them that were not run yet. Not IF NOT EXISTS: that waits for whoever writes the table, and keeps
    /// others from it, also where nothing is left to do.
    /// </summary>
    public async Task<List<string>> MissingSetIndexesAsync(TargetTable table, CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        foreach (var (column, statement) in table.SetColumns.Zip(SetIndexStatements(table)))
        {
            await using var batch = connection.CreateBatch();
            batch.BatchCommands.Add(new NpgsqlBatchCommand(IndexStatement)
                .Add(names.Schema).Add(SetIndexName(table, column).Name));
            if (await batch.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is null)
            {
                missing.Add(statement);
            }
        }

        return missing;
    }

    private static SqlIdentifier SetIndexName(TargetTable table, string column) =>
        PostgresDialect.Instance.Name($"{table.Name.Name}_{column}");

    /// <summary>The statements that make one change.</summary>
    public IEnumerable<string> Statements(TargetTable table, SchemaChange change)
    {
        switch (change.Kind)
        {
            case SchemaChangeKind.TableCreated:
                return CreateStatements(table);
            case SchemaChangeKind.ColumnAdded:
                return [AddStatement(table, change.Column!)];
            case SchemaChangeKind.ColumnWidened:
                return
                [
                    $"ALTER TABLE {table.Name} ALTER COLUMN {change.Column!.Name} TYPE {change.Column.DeclaredType}",
                ];
            case SchemaChangeKind.ColumnRetyped:
                return [AddStatement(table, change.Column!), .. CarryStatements(table, change)];
            case SchemaChangeKind.IndexMade:
                return [PostgresDialect.Instance.IndexScript(table, change.Column!)];
            default:
                return [];
        }
    }

    private static string AddStatement(TargetTable table, TargetColumn column) =>
        $"ALTER TABLE {table.Name} ADD COLUMN {column.Name} {column.DeclaredType}";

    /// <summary>Carries over what cannot fail; the rest comes with the rows, which are read again.</summary>
    private static IEnumerable<string> CarryStatements(TargetTable table, SchemaChange change)
    {
        if (change.CarryExpression is { } carried)
        {
            yield return $"UPDATE {table.Name} SET {change.Column!.Name} = {carried}";
        }
    }

    private static ActualColumn ColumnOf(NpgsqlDataReader reader)
    {
        var type = reader.GetString(3);
        var modifier = reader.GetInt32(4);
        CellType? cell = type switch
        {
            "uuid" => CellType.Id,
            "varchar" or "text" or "bpchar" => CellType.Text,
            "int4" => CellType.Int,
            "int8" => CellType.BigInt,
            "bool" => CellType.Bit,
            "timestamp" => CellType.Instant,
            "numeric" => CellType.Decimal,
            _ => null,
        };
        var isLimited = modifier >= TypeModifierOffset;
        return new ActualColumn(
            reader.GetString(2),
            cell,
            cell is CellType.Text && isLimited ? modifier - TypeModifierOffset : 0,
            cell is CellType.Decimal ? (isLimited ? (modifier - TypeModifierOffset) & 0x7FF : int.MaxValue) : 0,
            reader.GetBoolean(5) && !reader.GetBoolean(6))
        {
            IsUnique = reader.GetBoolean(6),
            IsIndexed = reader.GetBoolean(7),
        };
    }
}
