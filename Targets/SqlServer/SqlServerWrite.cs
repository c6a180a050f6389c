using DataExport.Targets.Merging;
using Microsoft.Data.SqlClient;

namespace DataExport.Targets.SqlServer;

/// <summary>Writes what a merge decided, table by table.</summary>
internal sealed class SqlServerWrite(SqlServerSession session, SqlServerStatements statements, TargetTypes types)
{
    /// <summary>
    /// Many new rows go by bulk copy straight into their table, since the lock shows that they are new. All that is
    /// left is one way to the server and back.
    /// </summary>
    public async Task RunAsync(TableBatch[] tables)
    {
        var writes = Array.ConvertAll(tables, TableWrites.Of);

        // All of it before any of it: what is refused half-way through a message costs the connection.
        Array.ForEach(writes, Check);
        await using var batch = session.CreateBatch();
        for (var place = 0; place < tables.Length; place++)
        {
            var write = writes[place];
            await AddRowsAsync(batch, write).ConfigureAwait(false);
            AddLog(batch, write);
            AddQuestions(batch, write);
            AddFacts(batch, tables[place]);
        }

        await SendAsync(batch).ConfigureAwait(false);
    }

    private void Check(TableWrites writes)
    {
        var whole = new RowWalk(RowShape.Whole(writes.Table), session.TakesCharacterZero);
        whole.Check(writes.Inserts);
        whole.Check(writes.Replacements);
        if (writes.Updates.Count > 0)
        {
            new RowWalk(RowShape.Of(writes.Table, writes.Updates), session.TakesCharacterZero).Check(writes.Updates);
        }
    }

    /// <summary>Deletes come first: a record that was deleted and restored in one batch is born anew.</summary>
    private async Task AddRowsAsync(SqlBatch batch, TableWrites writes)
    {
        if (writes.DeletedRows.Length > 0)
        {
            _ = batch.Add(SqlServerStatements.DeleteRows(writes.Table), IdsOf(writes, writes.DeletedRows));
        }

        var whole = RowShape.Whole(writes.Table);
        if (IsBulk(writes))
        {
            // What was gathered goes first: what is restored must be deleted before.
            await SendAsync(batch).ConfigureAwait(false);
            await SqlServerCopy.RunAsync(session, writes.Table, writes.Inserts, writes.Table.Name)
                .ConfigureAwait(false);
        }
        else if (writes.Inserts.Count > 0)
        {
            _ = batch.Add(SqlServerStatements.InsertRows(whole), RowsOf(whole, writes.Inserts));
        }

        if (writes.Replacements.Count > 0)
        {
            _ = batch.Add(SqlServerStatements.UpdateRows(whole), RowsOf(whole, writes.Replacements));
        }

        if (writes.Updates.Count > 0)
        {
            var sent = RowShape.Of(writes.Table, writes.Updates);
            _ = batch.Add(SqlServerStatements.UpdateRows(sent), RowsOf(sent, writes.Updates));
        }
    }

    private bool IsBulk(TableWrites writes) =>
        writes.Inserts.Count >= session.Options.BulkRowsMin && SqlServerCopy.IsFor(writes.Table);

    private void AddLog(SqlBatch batch, TableWrites writes)
    {
        if (writes.LogInserts.Length > 0)
        {
            _ = batch.Add(statements.InsertLog, NameOf(writes), LogOf(writes.LogInserts));
        }

        if (writes.LogStamps.Length > 0)
        {
            _ = batch.Add(statements.StampLog, LogOf(writes.LogStamps));
        }
    }

    private void AddQuestions(SqlBatch batch, TableWrites writes)
    {
        if (writes.Asked.Length > 0)
        {
            _ = batch.Add(statements.PutQuestions, NameOf(writes), QuestionsOf(writes.Asked));
        }

        if (writes.Settled.Length > 0)
        {
            _ = batch.Add(statements.DropQuestions, NameOf(writes), IdsOf(writes, writes.Settled));
        }

        if (writes.SetQuestions.Length > 0)
        {
            _ = batch.Add(
                statements.PutSetQuestions,
                NameOf(writes), SetQuestionsOf(writes), SqlServerParameters.Instant("@AskedOn", writes.Now));
        }
    }

    private void AddFacts(SqlBatch batch, TableBatch table)
    {
        if (table.AreFactsNew)
        {
            _ = batch.Add(
                statements.SaveFacts,
                SqlServerParameters.Name("@EntityName", table.Table.Definition.Name),
                SqlServerParameters.BigInt("@HighestVersion", table.Facts.HighestVersion),
                SqlServerParameters.BigInt("@LastQuestion", table.Facts.LastQuestion));
        }
    }

    private static async Task SendAsync(SqlBatch batch)
    {
        if (batch.BatchCommands.Count > 0)
        {
            _ = await batch.ExecuteNonQueryAsync().ConfigureAwait(false);
            batch.BatchCommands.Clear();
        }
    }

    private static SqlParameter NameOf(TableWrites writes) =>
        SqlServerParameters.Name("@EntityName", writes.Table.Definition.Name);

    private SqlParameter IdsOf(TableWrites writes, Guid[] ids) => types.IdsOf(writes.Table).Parameter(
        "@Ids", ids, static (record, id) => record.SetGuid(0, id));

    private SqlParameter RowsOf(RowShape shape, IReadOnlyList<RowWrite> rows)
    {
        var type = types.RowsOf(shape.Table);
        return type.Parameter("@Rows", RecordCells.Of(type, shape, rows));
    }

    private SqlParameter LogOf(LogWrite[] entries) => types.Log.Parameter(
        "@Log",
        entries,
        static (record, entry) =>
        {
            record.SetInt64(0, entry.EntryId);
            record.SetGuid(1, entry.RecordId);
            record.SetDateTime(2, entry.Stamp);
            record.SetInt64(3, entry.Version);
        });

    private SqlParameter QuestionsOf(RecordMerge[] asked) => types.Questions.Parameter(
        "@Questions",
        asked,
        static (record, each) =>
        {
            var question = each.State.Question!.Value;
            record.SetGuid(0, each.RecordId);
            record.SetInt32(1, (int)question.Reason);
            record.SetInt64(2, question.Number);
            record.SetDateTime(3, question.AskedOn);
        });

    private SqlParameter SetQuestionsOf(TableWrites writes) => types.SetQuestions.Parameter(
        "@Questions",
        writes.SetQuestions,
        static (record, set) =>
        {
            record.SetString(0, set.Column);
            record.SetGuid(1, set.Value);
            record.SetInt64(2, set.Number);
        });
}
