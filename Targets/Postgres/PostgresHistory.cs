using DataExport.Targets.Layout;
using Npgsql;
using NpgsqlTypes;

namespace DataExport.Targets.Postgres;

/// <summary>The entries of <c>SchemaChanges</c>.</summary>
internal sealed class PostgresHistory(NpgsqlConnection connection, PostgresStatements statements)
{
    /// <summary>The columns whose last change is that the source has them no more, by their tables.</summary>
    public async Task<Dictionary<string, HashSet<string>>> ReadRemovedAsync(CancellationToken cancellationToken)
    {
        var removed = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        await using var command = new NpgsqlCommand(statements.RemovedColumns, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var table = reader.GetString(0);
            if (!removed.TryGetValue(table, out var columns))
            {
                removed.Add(table, columns = new HashSet<string>(StringComparer.OrdinalIgnoreCase));
            }

            _ = columns.Add(reader.GetString(1));
        }

        return removed;
    }

    /// <summary>Notes a change.</summary>
    public async Task NoteAsync(
        TargetTable table, SchemaChange change, DateTime now, CancellationToken cancellationToken)
    {
        await using var batch = connection.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(statements.NoteChange)
            .Add(table.Definition.Name)
            .AddNullable(change.Column?.Name.Name, NpgsqlDbType.Text)
            .Add(change.Kind.ToString())
            .AddNullable(change.Detail, NpgsqlDbType.Text)
            .Add(now));
        _ = await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
