using DataExport.Grains.Fence;
using DataExport.Grains.Ports;
using DataExport.Targets.Layout;
using DataExport.Targets.Merging;
using Npgsql;

namespace DataExport.Targets.Postgres;

/// <summary>
/// Writes a page of an initial sync straight into its table. What the fence would look up is shown otherwise: a table
/// of which nothing was deleted and nothing is asked holds for a new record nothing at all, and that a record is new
/// the table's key says.
/// </summary>
internal sealed class PostgresBulkLoad(PostgresSession session, PostgresStatements statements, string clock)
{
    /// <summary>Loads the page, or gives nothing back and has changed nothing: then it must be merged.</summary>
    public async Task<ApplyResult[]?> TryRunAsync(
        TargetTable table, IReadOnlyList<MergeItem> page, CancellationToken cancellationToken)
    {
        var (facts, now) = await BeginAsync(table, page, cancellationToken).ConfigureAwait(false);
        if (facts is null || !await TryCopyAsync(table, page, now, cancellationToken).ConfigureAwait(false))
        {
            await session.RollbackAsync().ConfigureAwait(false);
            return null;
        }

        await CommitAsync(table, page, facts.Value, cancellationToken).ConfigureAwait(false);
        var results = new ApplyResult[page.Count];
        Array.Fill(results, ApplyResult.Applied);
        return results;
    }

    /// <summary>Takes the lock and looks whether the table allows it.</summary>
    private async Task<(TableFacts? Facts, DateTime Now)> BeginAsync(
        TargetTable table, IReadOnlyList<MergeItem> page, CancellationToken cancellationToken)
    {
        await using var batch = session.Connection.CreateBatch();
        var name = table.Definition.Name;

        // Of a page that comes again the first row is there, and the last: nothing is written to find that out.
        Guid[] ends = [page[0].RecordId, page[^1].RecordId];
        batch.BatchCommands.Add(new NpgsqlBatchCommand("BEGIN"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(PostgresStatements.Lock).Add(table.LockKey));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(statements.BulkFacts(table, clock)).Add(name).Add(ends));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        _ = await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        if (!await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            return default;
        }

        var state = new TableSyncState { Table = name, Phase = (TableSyncPhase)reader.GetInt32(1) };
        var isClean = state.IsLoading && !reader.GetBoolean(4) && !reader.GetBoolean(5);
        return (
            isClean
                ? new TableFacts(
                    IsLoading: true,
                    reader.IsDBNull(2) ? 0 : reader.GetInt64(2),
                    reader.IsDBNull(3) ? 0 : reader.GetInt64(3))
                : null,
            reader.Instant(0));
    }

    private async Task<bool> TryCopyAsync(
        TargetTable table, IReadOnlyList<MergeItem> page, DateTime now, CancellationToken cancellationToken)
    {
        var rows = page.Select(item => new RowWrite(
            RowWriteKind.Insert, item.RecordId, item.Columns!, item.Evidence.Version, null, now, now));
        try
        {
            await PostgresCopy.RunAsync(
                session, RowShape.Whole(table), rows, table.Name.ToString(), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // A page that is read again after a crash, or a record that a notification brought first.
            return false;
        }
    }

    private async Task CommitAsync(
        TargetTable table, IReadOnlyList<MergeItem> page, TableFacts facts, CancellationToken cancellationToken)
    {
        var highest = Math.Max(facts.HighestVersion, page.Max(static item => item.Evidence.Version.Value));
        await using var batch = session.Connection.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(statements.SaveFacts)
            .Add(table.Definition.Name).Add(highest).Add(facts.LastQuestion));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        _ = await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        session.Committed();
    }
}
