using DataExport.Targets.Layout;
using Npgsql;
using NpgsqlTypes;

namespace DataExport.Targets.Postgres;

/// <summary>The statements that fill DES's metadata tables: all rows of a table by one, columns as arrays.</summary>
internal static class PostgresMetadata
{
    internal static void Add(NpgsqlBatch batch, MetadataRows rows)
    {
        var scope = PostgresDialect.Instance.Name(rows.ScopeColumn);
        batch.BatchCommands.Add(
            new NpgsqlBatchCommand($"DELETE FROM {rows.Table.Name} WHERE {scope} = $1").Add(rows.Scope));
        if (rows.Rows.Count == 0)
        {
            return;
        }

        var names = string.Join(", ", rows.Columns.Select(column => PostgresDialect.Instance.Name(column.Name)));
        var arrays = string.Join(", ", rows.Columns.Select(static (_, place) => $"${place + 1}"));
        var insert = new NpgsqlBatchCommand(
            $"INSERT INTO {rows.Table.Name} ({names}) SELECT * FROM unnest({arrays})");
        for (var place = 0; place < rows.Columns.Count; place++)
        {
            AddArray(insert, rows, place);
        }

        batch.BatchCommands.Add(insert);
    }

    private static void AddArray(NpgsqlBatchCommand insert, MetadataRows rows, int place)
    {
        var values = rows.Rows.Select(row => row[place]);
        _ = rows.Columns[place].Type switch
        {
            SystemType.Int => insert.Add(
                values.Select(static value => (int?)value).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Integer),
            SystemType.BigInt => insert.Add(
                values.Select(static value => (long?)value).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint),
            SystemType.Bit => insert.Add(
                values.Select(static value => (bool?)value).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Boolean),
            SystemType.Instant => insert.Add(
                values.Select(static value => value is DateTime instant
                    ? PostgresParameters.Unzoned(instant)
                    : (DateTime?)null).ToArray(),
                NpgsqlDbType.Array | NpgsqlDbType.Timestamp),
            _ => insert.Add(
                values.Select(static value => (string?)value).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text),
        };
    }
}
