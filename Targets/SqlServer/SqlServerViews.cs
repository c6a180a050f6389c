using DataExport.Targets.Layout;
using static DataExport.Targets.SqlServer.SqlServerParameters;

namespace DataExport.Targets.SqlServer;

/// <summary>Makes views for reports, and takes them out of the way of a column that is widened.</summary>
internal sealed class SqlServerViews(SqlServerSession session, TargetNames names)
{
    /*
    What has a name: nothing, the text of a view, or of all else an empty text.

    Demand: of a view the text as it was sent, with the remark that says whose it is.
    */
    internal const string KeptStatement =
        "SELECT COALESCE(OBJECT_DEFINITION(OBJECT_ID(@Object)), N'') WHERE OBJECT_ID(@Object) IS NOT NULL;";

    /// <summary>Statements that are sent at once.</summary>
    private const int StatementsMax = 500;

    /// <summary>The texts of those views of ours, and of all else that has such a name an empty one.</summary>
    public async Task<Dictionary<string, string>> ReadAsync(IEnumerable<TableName> views)
    {
        var kept = new Dictionary<string, string>(SqlServerDialect.Instance.NameComparer);
        foreach (var chunk in views.Chunk(StatementsMax))
        {
            await ReadAsync(chunk, kept).ConfigureAwait(false);
        }

        return kept;
    }

    /// <summary>Makes a view, or makes it anew.</summary>
    /// <param name="view">The view.</param>
    /// <param name="isThere">Whether one of ours is there.</param>
    public Task MakeAsync(ReportView view, bool isThere) => MakeAsync(view.Name, view.Body, isThere);

    /// <summary>
    /// Takes the views of ours away that show a column, where the server would not change it otherwise.
    /// </summary>
    /// <returns>Their names, and their texts from the remark on.</returns>
    public async Task<IReadOnlyDictionary<TableName, string>> SetAsideAsync(TargetTable table, TargetColumn column)
    {
        var over = TableViews.NamesOver(table, column, names).ToList();
        var kept = await ReadAsync(over).ConfigureAwait(false);
        var ours = over.Where(name => ReportView.VersionOf(kept.GetValueOrDefault(name.Name)) is not null)
            .ToDictionary(static name => name, name => ReportView.BodyOf(kept[name.Name]));
        if (!session.AltersViews)
        {
            foreach (var name in ours.Keys)
            {
                await session.ExecuteAsync($"DROP VIEW {name};").ConfigureAwait(false);
            }
        }

        return ours;
    }

    /// <summary>Makes views again, or they would show the columns as they were.</summary>
    public async Task RestoreAsync(IReadOnlyDictionary<TableName, string> views)
    {
        foreach (var (name, body) in views)
        {
            await MakeAsync(name, body, isThere: session.AltersViews).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// A statement without parameters is a batch, as it must be. What readers were granted stays with a view that is
    /// altered, and goes with one that is dropped.
    /// </summary>
    private async Task MakeAsync(TableName name, string body, bool isThere)
    {
        if (isThere && !session.AltersViews)
        {
            await session.ExecuteAsync($"DROP VIEW {name};").ConfigureAwait(false);
        }

        await session.ExecuteAsync(ViewStatement(name, body, isThere && session.AltersViews)).ConfigureAwait(false);
    }

    internal static string ViewStatement(TableName name, string body, bool alters) =>
        $"{(alters ? "ALTER" : "CREATE")} VIEW {name} AS\n{body}";

    private async Task ReadAsync(IReadOnlyList<TableName> views, Dictionary<string, string> kept)
    {
        await using var batch = session.CreateBatch();
        foreach (var view in views)
        {
            _ = batch.Add(KeptStatement, Text("@Object", view.ToString()));
        }

        await using var reader = await batch.ExecuteReaderAsync().ConfigureAwait(false);
        foreach (var view in views)
        {
            if (await reader.ReadAsync().ConfigureAwait(false))
            {
                kept[view.Name] = reader.GetString(0);
            }

            _ = await reader.NextResultAsync().ConfigureAwait(false);
        }
    }
}
