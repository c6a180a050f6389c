using DataExport.Grains.Fence;
using DataExport.Grains.Ports;
using DataExport.Targets.Layout;
using DataExport.Targets.Merging;
using Npgsql;

namespace DataExport.Targets.Postgres;

/// <summary>
/// Merges one batch in one transaction: locks its tables, reads what they hold of its records, merges in memory, and
/// writes what came of it.
/// </summary>
internal sealed class PostgresMerge(PostgresSession session, PostgresStatements statements, string clock)
{
    private readonly PostgresWrite _write = new(session, statements);

    /// <summary>Merges a batch. The answers are in the order of its items.</summary>
    public async Task<ApplyResult[]> RunAsync(TableBatch[] tables, int items, CancellationToken cancellationToken)
    {
        var results = new ApplyResult[items];
        await ReadAsync(tables, results, cancellationToken).ConfigureAwait(false);
        await _write.RunAsync(tables, cancellationToken).ConfigureAwait(false);
        return results;
    }

    /// <summary>Asks about the rows of a table, among some, that are older than a read's beginning.</summary>
    public async Task<int> AskOlderAsync(TableBatch table, DateTime began, CancellationToken cancellationToken)
    {
        await ReadAsync([table], [], cancellationToken).ConfigureAwait(false);
        var asked = table.AskOlderThan(began);
        await _write.RunAsync([table], cancellationToken).ConfigureAwait(false);
        return asked;
    }

    /// <summary>One way to the server and back: transaction, locks, and everything that the fence must see.</summary>
    private async Task ReadAsync(TableBatch[] tables, ApplyResult[] results, CancellationToken cancellationToken)
    {
        await using var batch = session.Connection.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("BEGIN"));
        foreach (var table in tables)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(PostgresStatements.Lock).Add(table.Table.LockKey));
        }

        // After the locks: stamps grow in the order in which the locks were had.
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"SELECT date_trunc('milliseconds', {clock})"));
        foreach (var table in tables)
        {
            AddReads(batch, table);
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        for (var skipped = 0; skipped < tables.Length; skipped++)
        {
            _ = await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        }

        _ = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        var now = reader.Instant(0);
        foreach (var table in tables)
        {
            var facts = await ReadFactsAsync(reader, cancellationToken).ConfigureAwait(false);
            var states = table.RecordIds.Count == 0
                ? []
                : await ReadStatesAsync(reader, table, cancellationToken).ConfigureAwait(false);
            table.Merge(facts, states, now, results);
        }
    }

    private void AddReads(NpgsqlBatch batch, TableBatch table)
    {
        var name = table.Table.Definition.Name;
        batch.BatchCommands.Add(new NpgsqlBatchCommand(statements.Facts).Add(name));
        if (table.RecordIds.Count > 0)
        {
            var ids = table.RecordIds.ToArray();
            batch.BatchCommands.Add(new NpgsqlBatchCommand(PostgresStatements.Rows(table.Table)).Add(ids));
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statements.Tombstones).Add(ids).Add(name));
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statements.Questions).Add(ids).Add(name));
        }
    }

    private static async Task<TableFacts> ReadFactsAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        _ = await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        if (!await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            return new TableFacts(IsLoading: true, 0, 0);
        }

        var state = new TableSyncState { Table = "", Phase = (TableSyncPhase)reader.GetInt32(0) };
        return new TableFacts(
            state.IsLoading,
            reader.IsDBNull(1) ? 0 : reader.GetInt64(1),
            reader.IsDBNull(2) ? 0 : reader.GetInt64(2));
    }

    private static async Task<RecordState[]> ReadStatesAsync(
        NpgsqlDataReader reader, TableBatch table, CancellationToken cancellationToken)
    {
        var states = new RecordState[table.RecordIds.Count];
        _ = await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            states[Place(reader)] = new RecordState(HeldRowOf(reader));
        }

        _ = await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            // Once a row is there again, its tombstone is history.
            ref var state = ref states[Place(reader)];
            state = state.IsRow
                ? state
                : new RecordState(
                    new HeldRecord(HeldKind.Tombstone, Stamp: reader.Instant(2)), LogEntryId: reader.GetInt64(1));
        }

        _ = await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            ref var state = ref states[Place(reader)];
            state = state with
            {
                Question = new Question(
                    (UncertainReason)reader.GetInt32(1), reader.GetInt64(2), reader.Instant(3)),
            };
        }

        return states;
    }

    /// <summary>Places are counted from 1 there.</summary>
    private static int Place(NpgsqlDataReader reader) => (int)reader.GetInt64(0) - 1;

    private static HeldRecord HeldRowOf(NpgsqlDataReader reader)
    {
        var isProvisional = reader.IsDBNull(1);
        return new HeldRecord(
            isProvisional ? HeldKind.ProvisionalRow : HeldKind.ConfirmedRow,
            isProvisional ? VersionNumber.None : new VersionNumber(reader.GetInt64(1)),
            reader.InstantOrNull(2),
            reader.InstantOrNull(3));
    }
}
