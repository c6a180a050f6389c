using DataExport.Grains.Ports;
using DataExport.Targets.Layout;
using DataExport.Targets.Merging;
using Microsoft.Data.SqlClient;
using static DataExport.Targets.SqlServer.SqlServerParameters;

namespace DataExport.Targets.SqlServer;

/// <summary>
/// Writes a page of an initial sync straight into its table. What the fence would look up is shown otherwise: a table
/// of which nothing was deleted and nothing is asked holds for a new record nothing at all, and that a record is new
/// the table's key says.
/// </summary>
internal sealed class SqlServerBulkLoad(SqlServerSession session, SqlServerStatements statements, string clock)
{
    /// <summary>Loads the page, or gives nothing back and has changed nothing: then it must be merged.</summary>
    public async Task<ApplyResult[]?> TryRunAsync(ReadPage page)
    {
        var table = page.Table;
        await session.BeginAsync().ConfigureAwait(false);
        var now = await session.LockAsync([SqlServerStatements.ResourceOf(table)], clock).ConfigureAwait(false);
        var facts = await ReadFactsAsync(table).ConfigureAwait(false);
        if (facts is null || !await TryCopyAsync(page, now).ConfigureAwait(false))
        {
            await session.RollbackAsync().ConfigureAwait(false);
            return null;
        }

        await session.ExecuteAsync(
            statements.SaveFacts,
            Name("@EntityName", table.Definition.Name),
            BigInt("@HighestVersion", Math.Max(facts.Value.HighestVersion, page.HighestVersion)),
            BigInt("@LastQuestion", facts.Value.LastQuestion)).ConfigureAwait(false);
        await session.CommitAsync().ConfigureAwait(false);
        var results = new ApplyResult[page.Rows.Count];
        Array.Fill(results, ApplyResult.AppliedAt(now));
        return results;
    }

    /// <summary>What is known of the table, if it allows it.</summary>
    private async Task<TableFacts?> ReadFactsAsync(TargetTable table)
    {
        await using var command = session.CreateCommand(statements.BulkFacts);
        _ = command.Parameters.Add(Name("@EntityName", table.Definition.Name));
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        if (!await reader.ReadAsync().ConfigureAwait(false))
        {
            return null;
        }

        var state = new TableSyncState { Table = "", Phase = (TableSyncPhase)reader.GetInt32(0) };
        return state.IsLoading && reader.GetInt32(3) == 0
            ? new TableFacts(
                IsLoading: true,
                reader.IsDBNull(1) ? 0 : reader.GetInt64(1),
                reader.IsDBNull(2) ? 0 : reader.GetInt64(2))
            : null;
    }

    private async Task<bool> TryCopyAsync(ReadPage page, DateTime now)
    {
        var rows = page.WritesAt(now).ToArray();
        new RowWalk(RowShape.Whole(page.Table), session.TakesCharacterZero).Check(rows);
        try
        {
            await SqlServerCopy.RunAsync(session, page.Table, rows).ConfigureAwait(false);
            return true;
        }
        catch (SqlException exception) when (SqlServerErrors.IsKeyTaken(exception))
        {
            // A page that is read again after a crash, or a record that a notification brought first.
            return false;
        }
    }
}
