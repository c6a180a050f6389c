using System.Text;
using DataExport.Grains.Ports;
using DataExport.Targets.Layout;
using DataExport.Targets.Sqlite;
using SQLitePCL;
using static SQLitePCL.raw;

namespace DataExport.Bench.Merge;

/// <summary>
/// The ceiling: prepared statements in a bare loop over the same table by the same API, with every value ready to bind.
/// No fence, no question, no stamp.
/// </summary>
internal sealed class RawLoop : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _insert;
    private readonly sqlite3_stmt _update;
    private readonly sqlite3_stmt _replace;

    private RawLoop(sqlite3 database, string insert, string update, string replace)
    {
        _database = database;
        Check(sqlite3_prepare_v3(database, insert, 1, out _insert));
        Check(sqlite3_prepare_v3(database, update, 1, out _update));
        Check(sqlite3_prepare_v3(database, replace, 1, out _replace));
    }

    /// <summary>Opens a database that the target has provisioned, with the settings of the target's writer.</summary>
    public static RawLoop Open(string file, TableDefinition table, int sentColumns)
    {
        var options = new SqliteTargetOptions();
        Check(sqlite3_open_v2(file, out var database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, null));
        Check(sqlite3_exec(database, $"""
            PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;
            PRAGMA cache_size = -{options.WriterCacheKibibytes}; PRAGMA wal_autocheckpoint = {options.LogPagesMax};
            """));
        var name = SqlIdentifier.Of(table.Name);
        var columns = TargetTable.Of(table, new TargetNames("", SqliteDialect.Instance)).Columns;
        var names = string.Join(", ", columns.Select(column => column.Name.ToString()));
        var sent = columns.Where(column => column.Ordinal > 2).Take(sentColumns).Select(column => $"{column.Name} = ?");
        var replaced = columns.Skip(2).Select(static (column, place) => $"{column.Name} = ?{place + 3}");
        return new RawLoop(
            database,
            $"INSERT INTO {name} ({names}) VALUES ({string.Join(", ", columns.Select(_ => "?"))})",
            $"""
            UPDATE {name} SET {string.Join(", ", sent)}, "modifiedon" = ?, "SinkModifiedOn" = ?,
                "versionnumber" = NULL
            WHERE "Id" = ?
            """,
            $"""
            UPDATE {name} SET {string.Join(", ", replaced)}
            WHERE "Id" = ?1 AND "versionnumber" < ?2
            """);
    }

    /// <summary>Values ready to bind, for all columns of the table in its order.</summary>
    public static object?[] ReadyValues(TableDefinition table, ColumnValues values)
    {
        var target = TargetTable.Of(table, new TargetNames("", SqliteDialect.Instance));
        return [.. target.Columns.Select(column => Ready(column, values))];
    }

    public void Insert(IReadOnlyList<MergeItem> batch, object?[][] ready)
    {
        Check(sqlite3_exec(_database, "BEGIN IMMEDIATE"));
        for (var index = 0; index < batch.Count; index++)
        {
            var values = ready[index % ready.Length];
            BindRest(_insert, values, from: 1);
            BindId(_insert, 1, batch[index].RecordId);
            Run(_insert);
        }

        Check(sqlite3_exec(_database, "COMMIT"));
    }

    public void Update(IReadOnlyList<MergeItem> batch, byte[][] sent)
    {
        Check(sqlite3_exec(_database, "BEGIN IMMEDIATE"));
        for (var index = 0; index < batch.Count; index++)
        {
            for (var column = 0; column < sent.Length; column++)
            {
                _ = sqlite3_bind_text(_update, column + 1, sent[column]);
            }

            BindId(_update, sent.Length + 1, batch[index].RecordId);
            Run(_update);
        }

        Check(sqlite3_exec(_database, "COMMIT"));
    }

    /// <summary>Replaces the rows that are there, and inserts the others.</summary>
    public void Merge(IReadOnlyList<MergeItem> batch, object?[][] ready)
    {
        Check(sqlite3_exec(_database, "BEGIN IMMEDIATE"));
        for (var index = 0; index < batch.Count; index++)
        {
            var values = ready[index];
            BindId(_replace, 1, batch[index].RecordId);
            Bind(_replace, 2, batch[index].Evidence.Version.Value);
            BindRest(_replace, values, from: 2);
            Run(_replace);
            if (sqlite3_changes(_database) == 0)
            {
                BindId(_insert, 1, batch[index].RecordId);
                BindRest(_insert, values, from: 1);
                Run(_insert);
            }
        }

        Check(sqlite3_exec(_database, "COMMIT"));
    }

    public void Dispose()
    {
        _replace.Dispose();
        _insert.Dispose();
        _update.Dispose();
        _database.Dispose();
    }

    private static void BindRest(sqlite3_stmt statement, object?[] values, int from)
    {
        for (var column = from; column < values.Length; column++)
        {
            Bind(statement, column + 1, values[column]);
        }
    }

    private static void BindId(sqlite3_stmt statement, int parameter, Guid id)
    {
        Span<byte> utf8 = stackalloc byte[36];
        _ = id.TryFormat(utf8, out _);
        _ = sqlite3_bind_text(statement, parameter, utf8);
    }

    private static void Bind(sqlite3_stmt statement, int parameter, object? value) => _ = value switch
    {
        byte[] text => sqlite3_bind_text(statement, parameter, text),
        long number => sqlite3_bind_int64(statement, parameter, number),
        double number => sqlite3_bind_double(statement, parameter, number),
        _ => sqlite3_bind_null(statement, parameter),
    };

    private static object? Ready(TargetColumn column, ColumnValues values)
    {
        if (column.Ordinal < 0 || !values.TryGet(column.Ordinal, out var value))
        {
            return column.DeclaredType switch
            {
                "datetime" => "2026-03-01 12:00:00.000"u8.ToArray(),
                "uniqueidentifier" => Encoding.UTF8.GetBytes(Guid.Empty.ToString()),
                _ => 1_000_000L,
            };
        }

        return value.Kind switch
        {
            ColumnValueKind.Integer => value.Integer,
            ColumnValueKind.Boolean => value.Boolean ? 1L : 0L,
            ColumnValueKind.Decimal => (double)value.Decimal,
            ColumnValueKind.Instant => "2026-03-01 12:00:00.000"u8.ToArray(),
            ColumnValueKind.Lookup when column.IsEntityType => value.LookupTable.ToArray(),
            _ => Encoding.UTF8.GetBytes(value.ToString()),
        };
    }

    private static void Run(sqlite3_stmt statement)
    {
        Check(sqlite3_step(statement));
        _ = sqlite3_reset(statement);
    }

    private static void Check(int code)
    {
        if (code is not (SQLITE_OK or SQLITE_DONE))
        {
            throw new InvalidOperationException($"The bench's own SQL failed with {code}.");
        }
    }
}
