using DataExport.Grains.Ports;
using DataExport.Targets.Layout;
using DataExport.Targets.Merging;
using Microsoft.Data.SqlClient;
using static DataExport.Targets.SqlServer.SqlServerParameters;

namespace DataExport.Targets.SqlServer;

/// <summary>A page in SQL Server: by bulk copy, into the table or its stage.</summary>
internal sealed class SqlServerPage(
    SqlServerSession session, PageStatements pages, SqlServerStage stages, string clock) : PageMerge
{
    private bool _hasStage;

    protected override async Task<Beginning?> BeginAsync(ReadPage page)
    {
        await session.BeginAsync().ConfigureAwait(false);
        await using var batch = session
            .CreateLockingBatch([SqlServerStatements.ResourceOf(page.Table)], clock)
            .Add(pages.Facts(page.Table), FactsParameters(page));
        await using var reader = await batch.ExecuteReaderAsync().ConfigureAwait(false);
        var now = await SqlServerSession.ReadLockedAsync(reader).ConfigureAwait(false);
        _ = await reader.NextResultAsync().ConfigureAwait(false);
        if (!await reader.ReadAsync().ConfigureAwait(false) || reader.GetInt32(4) == 1)
        {
            return null;
        }

        _hasStage = !reader.IsDBNull(5);
        var facts = SqlServerMerge.FactsOf(reader);
        return new Beginning(facts, facts.IsLoading && reader.GetInt32(3) == 0, now);
    }

    protected override async Task<bool> TryLoadAsync(ReadPage page, DateTime now)
    {
        try
        {
            await SqlServerCopy.RunAsync(session, page.Table, Checked(page, now), page.Table.Name)
                .ConfigureAwait(false);
            await session.ExecuteAsync(
                pages.SaveHighest, NameOf(page.Table), BigInt("@HighestVersion", page.HighestVersion))
                .ConfigureAwait(false);
            return true;
        }
        catch (SqlException exception) when (SqlServerErrors.IsKeyTaken(exception))
        {
            // A page that is read again after a crash, or a record that a notification brought first.
            return false;
        }
    }

    protected override async Task<bool> TryGuardedAsync(ReadPage page, DateTime now)
    {
        var rows = Checked(page, now);
        var stage = stages.NameOf(page.Table);
        if (!_hasStage)
        {
            await stages.CreateAsync(page.Table).ConfigureAwait(false);
        }

        await SqlServerCopy.RunAsync(session, page.Table, rows, stage).ConfigureAwait(false);
        try
        {
            var written = await session.ScalarAsync(
                pages.Write(page.Table, stage),
                NameOf(page.Table),
                BigInt("@HighestVersion", page.HighestVersion),
                Instant("@Began", page.Began)).ConfigureAwait(false);
            return written is int count && count == page.Rows.Count;
        }
        catch (SqlException exception) when (SqlServerErrors.IsKeyTaken(exception))
        {
            // A record stands twice in the page.
            return false;
        }
    }

    /// <summary>What is known now was saved with the rows.</summary>
    protected override Task CommitAsync(ReadPage page, TableFacts facts) => session.CommitAsync();

    protected override Task RollbackAsync() => session.RollbackAsync();

    private static SqlParameter NameOf(TargetTable table) => Name("@EntityName", table.Definition.Name);

    private SqlParameter[] FactsParameters(ReadPage page)
    {
        var (first, last) = (page.Rows[0], page.Rows[^1]);
        return
        [
            NameOf(page.Table),
            Text("@Stage", stages.NameOf(page.Table).ToString()),
            Id("@First", first.RecordId), BigInt("@FirstVersion", first.Evidence.Version.Value),
            Id("@Last", last.RecordId), BigInt("@LastVersion", last.Evidence.Version.Value),
        ];
    }

    /// <summary>All of it before any of it: what is refused half-way through a message costs the connection.</summary>
    private RowWrite[] Checked(ReadPage page, DateTime now)
    {
        var rows = page.WritesAt(now).ToArray();
        new RowWalk(RowShape.Whole(page.Table), session.TakesCharacterZero).Check(rows);
        return rows;
    }
}
