using DataExport.Grains.Fence;
using DataExport.Grains.Ports;
using DataExport.Targets.Layout;
using DataExport.Targets.Merging;
using Microsoft.Data.SqlClient;

namespace DataExport.Targets.SqlServer;

/// <summary>
/// Merges one batch in one transaction: locks its tables, reads what they hold of its records, merges in memory, and
/// writes what came of it.
/// </summary>
internal sealed class SqlServerMerge(
    SqlServerSession session, SqlServerStatements statements, TargetTypes types, string clock)
{
    private readonly SqlServerWrite _write = new(session, statements, types);

    /// <summary>Merges a batch. The answers are in the order of its items.</summary>
    public async Task<ApplyResult[]> RunAsync(TableBatch[] tables, int items)
    {
        var results = new ApplyResult[items];
        await ReadAsync(tables, results).ConfigureAwait(false);
        await WriteAsync(tables).ConfigureAwait(false);
        return results;
    }

    /// <summary>Asks about the rows of a table, among some, that are older than a read's beginning.</summary>
    public async Task<int> AskOlderAsync(TableBatch table, DateTime began)
    {
        await ReadAsync([table], []).ConfigureAwait(false);
        var asked = table.AskOlderThan(began);
        await WriteAsync([table]).ConfigureAwait(false);
        return asked;
    }

    private async Task WriteAsync(TableBatch[] tables)
    {
        await _write.RunAsync(tables).ConfigureAwait(false);
        await session.CommitAsync().ConfigureAwait(false);
    }

    /// <summary>Transaction, locks, and then everything that the fence must see, with one way to the server.</summary>
    private async Task ReadAsync(TableBatch[] tables, ApplyResult[] results)
    {
        await session.BeginAsync().ConfigureAwait(false);
        await using var batch = session.CreateLockingBatch(
            Array.ConvertAll(tables, static table => SqlServerStatements.ResourceOf(table.Table)), clock);
        foreach (var table in tables)
        {
            AddReads(batch, table);
        }

        await using var reader = await batch.ExecuteReaderAsync().ConfigureAwait(false);
        var now = await SqlServerSession.ReadLockedAsync(reader).ConfigureAwait(false);
        foreach (var table in tables)
        {
            _ = await reader.NextResultAsync().ConfigureAwait(false);
            var facts = await ReadFactsAsync(reader).ConfigureAwait(false);
            var states = table.RecordIds.Count == 0
                ? []
                : await ReadStatesAsync(reader, table).ConfigureAwait(false);
            table.Merge(facts, states, now, results);
        }
    }

    private void AddReads(SqlBatch batch, TableBatch table)
    {
        var name = table.Table.Definition.Name;
        _ = batch.Add(statements.Facts, SqlServerParameters.Name("@EntityName", name));
        if (table.RecordIds.Count > 0)
        {
            _ = batch
                .Add(SqlServerStatements.Rows(table.Table), IdsOf(table))
                .Add(statements.Tombstones, IdsOf(table), SqlServerParameters.Name("@EntityName", name))
                .Add(statements.Questions, IdsOf(table), SqlServerParameters.Name("@EntityName", name));
        }
    }

    private SqlParameter IdsOf(TableBatch table) => types.IdsOf(table.Table).Parameter(
        "@Ids", table.RecordIds, static (record, id) => record.SetGuid(0, id));

    private static async Task<TableFacts> ReadFactsAsync(SqlDataReader reader)
    {
        return await reader.ReadAsync().ConfigureAwait(false)
            ? FactsOf(reader)
            : new TableFacts(IsLoading: true, 0, 0);
    }

    /// <summary>Phase, highest version and last question, which a row begins with.</summary>
    internal static TableFacts FactsOf(SqlDataReader reader)
    {
        var state = new TableSyncState { Table = "", Phase = (TableSyncPhase)reader.GetInt32(0) };
        return new TableFacts(
            state.IsLoading,
            reader.IsDBNull(1) ? 0 : reader.GetInt64(1),
            reader.IsDBNull(2) ? 0 : reader.GetInt64(2));
    }

    private static async Task<RecordState[]> ReadStatesAsync(SqlDataReader reader, TableBatch table)
    {
        var states = new RecordState[table.RecordIds.Count];
        _ = await reader.NextResultAsync().ConfigureAwait(false);
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            states[table.PlaceOf(reader.GetGuid(0))] = new RecordState(HeldRowOf(reader));
        }

        _ = await reader.NextResultAsync().ConfigureAwait(false);
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            // Once a row is there again, its tombstone is history.
            ref var state = ref states[table.PlaceOf(reader.GetGuid(0))];
            state = state.IsRow
                ? state
                : new RecordState(
                    new HeldRecord(HeldKind.Tombstone, Stamp: reader.Instant(2)), LogEntryId: reader.GetInt64(1));
        }

        _ = await reader.NextResultAsync().ConfigureAwait(false);
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            ref var state = ref states[table.PlaceOf(reader.GetGuid(0))];
            state = state with
            {
                Question = new Question(
                    (UncertainReason)reader.GetInt32(1), reader.GetInt64(2), reader.Instant(3)),
            };
        }

        return states;
    }

    private static HeldRecord HeldRowOf(SqlDataReader reader)
    {
        var isProvisional = reader.IsDBNull(1);
        return new HeldRecord(
            isProvisional ? HeldKind.ProvisionalRow : HeldKind.ConfirmedRow,
            isProvisional ? VersionNumber.None : new VersionNumber(reader.GetInt64(1)),
            reader.InstantOrNull(2),
            reader.InstantOrNull(3));
    }
}
