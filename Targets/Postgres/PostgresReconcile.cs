using DataExport.Grains.Ports;
using DataExport.Targets.Layout;
using DataExport.Targets.Merging;
using Npgsql;
using NpgsqlTypes;

namespace DataExport.Targets.Postgres;

/// <summary>Looks at rows for a reconcile. It takes no table's lock: merges go on beside it.</summary>
internal sealed class PostgresReconcile(PostgresSession session, PostgresStatements statements)
{
    public async Task<IReadOnlyList<HeldRow>> ReadHeldAsync(
        TargetTable table, IReadOnlyList<Guid> recordIds, CancellationToken cancellationToken)
    {
        var held = new HeldRow[recordIds.Count];
        await using var batch = session.Connection.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(statements.Held(table))
            .Add([.. recordIds]).Add(table.Definition.Name));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var place = (int)reader.GetInt64(0) - 1;
            held[place] = new HeldRow(
                recordIds[place],
                reader.GetBoolean(1),
                reader.IsDBNull(2) ? VersionNumber.None : new VersionNumber(reader.GetInt64(2)),
                reader.InstantOrNull(3),
                reader.GetBoolean(4));
        }

        return held;
    }

    public async Task<IReadOnlyList<Guid>> ReadIdsAsync(
        TargetTable table, Guid? afterId, int rowsMax, CancellationToken cancellationToken)
    {
        var command = new NpgsqlBatchCommand(PostgresStatements.Ids(table, isFirst: afterId is null))
            .Add((long)rowsMax);
        await using var batch = session.Connection.CreateBatch();
        batch.BatchCommands.Add(afterId is { } id ? command.Add(id, NpgsqlDbType.Uuid) : command);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var ids = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            ids.Add(reader.GetGuid(0));
        }

        return ids;
    }

    /// <summary>
    /// Sends the rows as a page is sent, into the stage, which the end of the transaction empties: so they have gone
    /// through the same types before they are compared.
    /// </summary>
    public async Task<IReadOnlyList<DifferentRow>> CompareAsync(
        TargetTable table, IReadOnlyList<SourceRow> rows, CancellationToken cancellationToken)
    {
        var compared = ComparedRows.Of(table, rows, takesCharacterZero: false);
        if (compared.Writes.Count == 0)
        {
            return compared.TooLong;
        }

        await ExecuteAsync("BEGIN").ConfigureAwait(false);
        var stage = await session.StageOfAsync(table, CancellationToken.None).ConfigureAwait(false);
        await PostgresCopy.RunAsync(
            session, RowShape.Whole(table), compared.Writes, stage, cancellationToken).ConfigureAwait(false);
        var different = await ReadDifferentAsync(table, stage, cancellationToken).ConfigureAwait(false);
        await ExecuteAsync("COMMIT").ConfigureAwait(false);
        session.Committed();
        return [.. compared.TooLong, .. different];
    }

    private async Task<List<DifferentRow>> ReadDifferentAsync(
        TargetTable table, string stage, CancellationToken cancellationToken)
    {
        var columns = ComparedRows.ColumnsOf(table);
        await using var command = new NpgsqlCommand(CopyColumns.DifferentRows(table, stage), session.Connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var different = new List<DifferentRow>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var places = reader.GetFieldValue<int[]>(1);
            different.Add(new DifferentRow(
                reader.GetGuid(0), [.. places.Select(place => columns[place].Name.Name)]));
        }

        return different;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, session.Connection);
        _ = await command.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
    }
}
