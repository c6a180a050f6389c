using System.Data;
using DataExport.Targets.Layout;
using static DataExport.Targets.SqlServer.SqlServerParameters;

namespace DataExport.Targets.SqlServer;

/// <summary>Fills DES's metadata tables. Runs inside the caller's transaction.</summary>
internal sealed class SqlServerMetadata(SqlServerSession session)
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

        foreach (var row in rows)
        {
            _ = table.Rows.Add(Array.ConvertAll(row, static value => value ?? DBNull.Value));
        }

        await copy.WriteToServerAsync(table).ConfigureAwait(false);
    }

    private static Type TypeOf(SystemType type) => type switch
    {
        SystemType.Int => typeof(int),
        SystemType.BigInt => typeof(long),
        SystemType.Bit => typeof(bool),
        SystemType.Instant => typeof(DateTime),
        _ => typeof(string),
    };
}
