using DataExport.Targets.Merging;
using Npgsql;

namespace DataExport.Targets.Postgres;

/// <summary>Writes what a merge decided, table by table, and commits.</summary>
internal sealed class PostgresWrite(PostgresSession session, PostgresStatements statements)
{
    /// <summary>
    /// Rows go by COPY: new ones straight into their table, since the lock shows that they are new; others to a stage,
    /// from which one statement writes them. All that is left, and the commit, is one way to the server and back.
    /// </summary>
    public async Task RunAsync(TableBatch[] tables, CancellationToken cancellationToken)
    {
        await using var rest = session.Connection.CreateBatch();
        foreach (var table in tables)
        {
            var writes = TableWrites.Of(table);
            await DeleteRowsAsync(writes, cancellationToken).ConfigureAwait(false);
            await CopyAsync(writes, rest, cancellationToken).ConfigureAwait(false);
            AddLog(rest, writes);
            AddQuestions(rest, writes);
            AddFacts(rest, table);
        }

        rest.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        _ = await rest.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        session.Committed();
    }

    /// <summary>Before the inserts: a record that was deleted and restored in one batch is born anew.</summary>
    private async Task DeleteRowsAsync(TableWrites writes, CancellationToken cancellationToken)
    {
        if (writes.DeletedRows.Length == 0)
        {
            return;
        }

        await using var batch = session.Connection.CreateBatch();
        batch.BatchCommands.Add(
            new NpgsqlBatchCommand(PostgresStatements.DeleteRows(writes.Table)).Add(writes.DeletedRows));
        _ = await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task CopyAsync(TableWrites writes, NpgsqlBatch rest, CancellationToken cancellationToken)
    {
        if (writes.Inserts.Count > 0)
        {
            var shape = RowShape.Whole(writes.Table);
            await PostgresCopy.RunAsync(
                session, shape, writes.Inserts, writes.Table.Name.ToString(), cancellationToken).ConfigureAwait(false);
        }

        // Whole rows and sent columns apart: they share the stage, so the first are taken over before the second come.
        var isStageUsed = false;
        if (writes.Replacements.Count > 0)
        {
            await StageAsync(RowShape.Whole(writes.Table), writes.Replacements, rest, cancellationToken)
                .ConfigureAwait(false);
            isStageUsed = true;
        }

        if (writes.Updates.Count > 0)
        {
            if (isStageUsed)
            {
                await TakeOverAsync(writes, rest, cancellationToken).ConfigureAwait(false);
            }

            await StageAsync(RowShape.Of(writes.Table, writes.Updates), writes.Updates, rest, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private async Task StageAsync(
        RowShape shape, IReadOnlyList<RowWrite> rows, NpgsqlBatch rest, CancellationToken cancellationToken)
    {
        var stage = await session.StageOfAsync(shape.Table, cancellationToken).ConfigureAwait(false);
        await PostgresCopy.RunAsync(session, shape, rows, stage, cancellationToken).ConfigureAwait(false);
        rest.BatchCommands.Add(new NpgsqlBatchCommand(CopyColumns.ByKeyAlone));
        rest.BatchCommands.Add(new NpgsqlBatchCommand(CopyColumns.UpdateStatement(shape, stage)));
    }

    /// <summary>Runs what was gathered so far, and empties the stage.</summary>
    private async Task TakeOverAsync(TableWrites writes, NpgsqlBatch rest, CancellationToken cancellationToken)
    {
        var stage = await session.StageOfAsync(writes.Table, cancellationToken).ConfigureAwait(false);
        rest.BatchCommands.Add(new NpgsqlBatchCommand($"DELETE FROM {stage}"));
        _ = await rest.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        rest.BatchCommands.Clear();
    }

    private void AddLog(NpgsqlBatch rest, TableWrites writes)
    {
        var name = writes.Table.Definition.Name;
        if (writes.LogInserts is { Length: > 0 } inserts)
        {
            rest.BatchCommands.Add(new NpgsqlBatchCommand(statements.InsertLog)
                .Add(name)
                .Add(Array.ConvertAll(inserts, static entry => entry.RecordId))
                .Add(Array.ConvertAll(inserts, static entry => entry.Stamp))
                .Add(Array.ConvertAll(inserts, static entry => entry.Version)));
        }

        if (writes.LogStamps is { Length: > 0 } stamps)
        {
            rest.BatchCommands.Add(new NpgsqlBatchCommand(statements.StampLog)
                .Add(Array.ConvertAll(stamps, static entry => entry.EntryId))
                .Add(Array.ConvertAll(stamps, static entry => entry.Stamp))
                .Add(Array.ConvertAll(stamps, static entry => entry.Version)));
        }
    }

    private void AddQuestions(NpgsqlBatch rest, TableWrites writes)
    {
        var name = writes.Table.Definition.Name;
        if (writes.Asked is { Length: > 0 } asked)
        {
            rest.BatchCommands.Add(new NpgsqlBatchCommand(statements.PutQuestions)
                .Add(name)
                .Add(Array.ConvertAll(asked, static each => each.RecordId))
                .Add(Array.ConvertAll(asked, static each => (int)each.State.Question!.Value.Reason))
                .Add(Array.ConvertAll(asked, static each => each.State.Question!.Value.Number))
                .Add(Array.ConvertAll(asked, static each => each.State.Question!.Value.AskedOn)));
        }

        if (writes.Settled.Length > 0)
        {
            rest.BatchCommands.Add(new NpgsqlBatchCommand(statements.DropQuestions).Add(name).Add(writes.Settled));
        }

        if (writes.SetQuestions is { Length: > 0 } sets)
        {
            rest.BatchCommands.Add(new NpgsqlBatchCommand(statements.PutSetQuestions)
                .Add(name)
                .Add(Array.ConvertAll(sets, static set => set.Column))
                .Add(Array.ConvertAll(sets, static set => set.Value))
                .Add(Array.ConvertAll(sets, static set => set.Number))
                .Add(writes.Now));
        }
    }

    private void AddFacts(NpgsqlBatch rest, TableBatch table)
    {
        if (table.AreFactsNew)
        {
            rest.BatchCommands.Add(new NpgsqlBatchCommand(statements.SaveFacts)
                .Add(table.Table.Definition.Name).Add(table.Facts.HighestVersion).Add(table.Facts.LastQuestion));
        }
    }
}
