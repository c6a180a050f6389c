using DataExport.Sandbox;
using Microsoft.Data.Sqlite;

namespace DataExport.Run.Comparison;

/// <summary>Compares all tables of a Sandbox with their copies in a SQLite file, several tables at once.</summary>
internal static class DatabaseComparison
{
    /// <summary>Compares every table of <paramref name="tables"/>, all columns but <c>Sink…</c>.</summary>
    /// <param name="sandbox">The source; nobody may change it meanwhile.</param>
    /// <param name="tables">The tables that were replicated.</param>
    /// <param name="target">The database file and the prefix of its tables.</param>
    /// <param name="shownMax">How many differences are kept to be shown.</param>
    /// <param name="cancellationToken">Ends the comparison.</param>
    public static ComparisonResult Run(
        DataverseSandbox sandbox,
        IReadOnlyList<SandboxTable> tables,
        (string File, string Prefix) target,
        int shownMax,
        CancellationToken cancellationToken)
    {
        var connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = target.File,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ToString();
        var result = new ComparisonResult(shownMax);
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = Environment.ProcessorCount,
            CancellationToken = cancellationToken,
        };
        _ = Parallel.ForEach(tables, parallel, table =>
        {
            using var connection = new SqliteConnection(connectionString);
            connection.Open();
            var name = target.Prefix.Length == 0 ? table.Name : $"{target.Prefix}_{table.Name}";
            new TableComparison(sandbox, table, name, result).Run(connection, cancellationToken);
        });
        return result;
    }
}
