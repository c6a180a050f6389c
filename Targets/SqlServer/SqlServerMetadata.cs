using System.Data;
using DataExport.Targets.Layout;
using static DataExport.Targets.SqlServer.SqlServerParameters;

namespace DataExport.Targets.SqlServer;

/// <summary>Fills DES's metadata tables. Runs inside the caller's transaction.</summary>
/// <param name="session">The session.</param>
/// <param name="actual">The columns of the tables that somebody else may have made.</param>
internal sealed class SqlServerMetadata(SqlServerSession session, Dictionary<string, List<ActualColumn>> actual)
{
    /// <summary>Replaces what the metadata tables say. Each of them is copied into once, whatever is said.</summary>
    public async Task ReplaceAsync(IEnumerable<MetadataRows> rows)
    {
        // Several tables may share an option set: what comes last stands.
        var scopes = rows.GroupBy(static each => (each.Table.Name, each.Scope))
            .Select(static same => same.Last()).ToList();
        if (scopes.Count == 0)
        {
            return;
        }

        await using var batch = session.CreateBatch();
        foreach (var scope in scopes)
        {
            _ = batch.Add(DeleteStatement(scope), Name("@Scope", scope.Scope));
        }

        _ = await batch.ExecuteNonQueryAsync().ConfigureAwait(false);
        foreach (var table in scopes.GroupBy(static scope => scope.Table.Name))
        {
            await CopyAsync(table.First(), [.. table.SelectMany(static scope => scope.Rows)]).ConfigureAwait(false);
        }
    }

    internal static string DeleteStatement(MetadataRows rows) =>
        $"DELETE FROM {rows.Table.Name} WHERE {SqlIdentifier.Of(rows.ScopeColumn)} = @Scope;";

    private async Task CopyAsync(MetadataRows like, IReadOnlyList<object?[]> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        using var table = new DataTable();
        using var copy = session.CreateBulkCopy();
        copy.DestinationTableName = like.Table.Name.ToString();
        foreach (var column in like.Columns)
        {
            _ = table.Columns.Add(column.Name, TypeOf(column.Type));
            _ = copy.ColumnMappings.Add(column.Name, column.Name);
        }

        var limits = like.Columns.Select(column => LettersOf(like.Table, column)).ToArray();
        foreach (var row in rows)
        {
            _ = table.Rows.Add([.. row.Select((value, place) => Fitting(value, limits[place]))]);
        }

        await copy.WriteToServerAsync(table).ConfigureAwait(false);
    }

    /// <summary>An early DES made room for shorter labels. A label that is cut is still one.</summary>
    private int LettersOf(SystemTable table, SystemColumn column) => actual.GetValueOrDefault(table.Name.Name)
        ?.Find(each => each.Name.Equals(column.Name, StringComparison.OrdinalIgnoreCase))
        is { Cell: CellType.Text, TextLengthMax: var letters } ? letters : column.Length;

    private static object Fitting(object? value, int letters) =>
        value is string text && letters > 0 && text.Length > letters ? text[..letters] : value ?? DBNull.Value;

    private static Type TypeOf(SystemType type) => type switch
    {
        SystemType.Int => typeof(int),
        SystemType.BigInt => typeof(long),
        SystemType.Bit => typeof(bool),
        SystemType.Instant => typeof(DateTime),
        _ => typeof(string),
    };
}
