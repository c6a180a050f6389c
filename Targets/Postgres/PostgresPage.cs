using DataExport.Grains.Ports;
using DataExport.Targets.Merging;
using Npgsql;

namespace DataExport.Targets.Postgres;

/// <summary>A page in PostgreSQL: by COPY, into the table or a stage.</summary>
internal sealed class PostgresPage(PostgresSession session, PostgresStatements statements, string clock) : PageMerge
{
    protected override async Task<Beginning?> BeginAsync(ReadPage page)
    {
        await using var batch = session.Connection.CreateBatch();
        var name = page.Table.Definition.Name;

        var (first, last) = (page.Rows[0], page.Rows[^1]);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("BEGIN"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(PostgresStatements.Lock).Add(page.Table.LockKey));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(statements.PageFacts(page.Table, clock))
            .Add(name)
            .Add(new[] { first.RecordId, last.RecordId })
            .Add(new[] { first.Evidence.Version.Value, last.Evidence.Version.Value }));
        await using var reader = await batch.ExecuteReaderAsync().ConfigureAwait(false);
        _ = await reader.NextResultAsync().ConfigureAwait(false);
        if (!await reader.ReadAsync().ConfigureAwait(false) || reader.GetBoolean(5))
        {
            return null;
        }

        var state = new TableSyncState { Table = name, Phase = (TableSyncPhase)reader.GetInt32(1) };
        return new Beginning(
            new TableFacts(
                state.IsLoading,
                reader.IsDBNull(2) ? 0 : reader.GetInt64(2),
                reader.IsDBNull(3) ? 0 : reader.GetInt64(3)),
            state.IsLoading && reader.GetBoolean(4),
            reader.Instant(0));
    }

    protected override async Task<bool> TryLoadAsync(ReadPage page, DateTime now)
    {
        try
        {
            await PostgresCopy.RunAsync(
                session, RowShape.Whole(page.Table), page.WritesAt(now), page.Table.Name.ToString(),
                CancellationToken.None).ConfigureAwait(false);
            return true;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // A page that is read again after a crash, or a record that a notification brought first.
            return false;
        }
    }

    protected override async Task<bool> TryGuardedAsync(ReadPage page, DateTime now)
    {
        var shape = RowShape.Whole(page.Table);
        var stage = await session.StageOfAsync(page.Table, CancellationToken.None).ConfigureAwait(false);
        await PostgresCopy.RunAsync(session, shape, page.WritesAt(now), stage, CancellationToken.None)
            .ConfigureAwait(false);
        await using var batch = session.Connection.CreateBatch();
        var update = new NpgsqlBatchCommand(CopyColumns.GuardedUpdateStatement(shape, stage));
        var insert = new NpgsqlBatchCommand(statements.GuardedInsert(page.Table, stage))
            .Add(page.Table.Definition.Name);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(CopyColumns.ByKeyAlone));
        batch.BatchCommands.Add(update);
        batch.BatchCommands.Add(insert);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(statements.SettleRead(stage))
            .Add(page.Table.Definition.Name).Add(page.Began));
        try
        {
            _ = await batch.ExecuteNonQueryAsync().ConfigureAwait(false);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // A record stands twice in the page.
            return false;
        }

        return update.RecordsAffected + insert.RecordsAffected == page.Rows.Count;
    }

    protected override Task RollbackAsync() => session.RollbackAsync();

    protected override async Task CommitAsync(ReadPage page, TableFacts facts)
    {
        await using var batch = session.Connection.CreateBatch();
        if (page.HighestVersion > facts.HighestVersion)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statements.SaveFacts)
                .Add(page.Table.Definition.Name).Add(page.HighestVersion).Add(facts.LastQuestion));
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        _ = await batch.ExecuteNonQueryAsync().ConfigureAwait(false);
        session.Committed();
    }
}
