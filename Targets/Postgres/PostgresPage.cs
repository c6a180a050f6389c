using DataExport.Grains.Ports;
using DataExport.Targets.Merging;
using Npgsql;

namespace DataExport.Targets.Postgres;

/// <summary>
/// Writes a page of rows by one guarded statement over all of them. The guard writes only what the fence would write
/// without asking: if it does not write every row, nothing stands, and the page is merged row by row in memory.
/// </summary>
internal sealed class PostgresPage(PostgresSession session, PostgresStatements statements, string clock)
{
    private readonly record struct Beginning(TableFacts Facts, bool IsUntouched, DateTime Now);

    /// <summary>Writes the page, or gives nothing back and has changed nothing: then it must be merged.</summary>
    public async Task<ApplyResult[]?> TryRunAsync(ReadPage page, CancellationToken cancellationToken)
    {
        if (await BeginAsync(page, cancellationToken).ConfigureAwait(false) is not { } beginning)
        {
            await session.RollbackAsync().ConfigureAwait(false);
            return null;
        }

        var isLoaded = beginning.IsUntouched
            && await TryLoadAsync(page, beginning.Now, cancellationToken).ConfigureAwait(false);
        if (!isLoaded)
        {
            if (beginning.IsUntouched)
            {
                // The load that failed took the transaction and the lock with it.
                await session.RollbackAsync().ConfigureAwait(false);
                beginning = (await BeginAsync(page, cancellationToken).ConfigureAwait(false)).GetValueOrDefault();
            }

            if (!await TryGuardedAsync(page, beginning.Now, cancellationToken).ConfigureAwait(false))
            {
                await session.RollbackAsync().ConfigureAwait(false);
                return null;
            }
        }

        await CommitAsync(page, beginning.Facts, cancellationToken).ConfigureAwait(false);
        var results = new ApplyResult[page.Rows.Count];
        Array.Fill(results, ApplyResult.AppliedAt(beginning.Now));
        return results;
    }

    /// <summary>
    /// Takes the lock and reads what is known of the table; nothing if the guard would hold a row back for certain.
    /// </summary>
    private async Task<Beginning?> BeginAsync(ReadPage page, CancellationToken cancellationToken)
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
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        _ = await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        if (!await reader.ReadAsync(cancellationToken).ConfigureAwait(false) || reader.GetBoolean(5))
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

    /// <summary>
    /// Copies the page straight into its table. Of a table of which nothing was deleted and nothing is asked, the
    /// target holds of a new record nothing at all; and whether all are new, the table's key says.
    /// </summary>
    private async Task<bool> TryLoadAsync(ReadPage page, DateTime now, CancellationToken cancellationToken)
    {
        try
        {
            await PostgresCopy.RunAsync(
                session, RowShape.Whole(page.Table), page.WritesAt(now), page.Table.Name.ToString(),
                cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // A page that is read again after a crash, or a record that a notification brought first.
            return false;
        }
    }

    private async Task<bool> TryGuardedAsync(ReadPage page, DateTime now, CancellationToken cancellationToken)
    {
        var shape = RowShape.Whole(page.Table);
        var stage = await session.StageOfAsync(page.Table, cancellationToken).ConfigureAwait(false);
        await PostgresCopy.RunAsync(session, shape, page.WritesAt(now), stage, cancellationToken).ConfigureAwait(false);
        await using var batch = session.Connection.CreateBatch();
        var update = new NpgsqlBatchCommand(CopyColumns.GuardedUpdateStatement(shape, stage));
        var insert = new NpgsqlBatchCommand(statements.GuardedInsert(page.Table, stage))
            .Add(page.Table.Definition.Name);
        batch.BatchCommands.Add(update);
        batch.BatchCommands.Add(insert);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(statements.SettleRead(stage))
            .Add(page.Table.Definition.Name).Add(page.Began));
        try
        {
            _ = await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // A record stands twice in the page.
            return false;
        }

        return update.RecordsAffected + insert.RecordsAffected == page.Rows.Count;
    }

    private async Task CommitAsync(ReadPage page, TableFacts facts, CancellationToken cancellationToken)
    {
        await using var batch = session.Connection.CreateBatch();
        if (page.HighestVersion > facts.HighestVersion)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statements.SaveFacts)
                .Add(page.Table.Definition.Name).Add(page.HighestVersion).Add(facts.LastQuestion));
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        _ = await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        session.Committed();
    }
}
