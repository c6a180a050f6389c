using DataExport.Bench.Change;
using DataExport.Run.Hosting;
using Microsoft.Data.Sqlite;

namespace DataExport.Bench.Reconcile;

/// <summary>Changes rows of the target past the silo, spread over the table.</summary>
internal sealed class SeededDrifts
{
    /// <summary>How many rows each of the two makes differ.</summary>
    public const int Count = 100;

    private const int Kinds = 4;

    private readonly string _file;
    private readonly string _table;
    private readonly Guid[] _ids;

    public SeededDrifts(BenchPath path, string table)
    {
        (_file, _table) = (path.DatabaseFile, $"\"{ExportSetup.Prefix}_{table}\"");
        var sandbox = path.Sandbox.Sandbox;
        var step = (int)Math.Max(1, sandbox.Count(sandbox.Table(table)) / Count);
        _ids = [.. sandbox.Records(sandbox.Table(table)).Select(static record => record.Id)
            .Where((_, place) => place % step == 0).Take(Count)];
    }

    /// <summary>A quarter each is missing, stale, ahead, and extra.</summary>
    public void SeedVersions() => Run(static place => (place % Kinds) switch
    {
        0 => "DELETE FROM {0} WHERE Id = $id",
        1 => "UPDATE {0} SET versionnumber = 1 WHERE Id = $id",
        2 => "UPDATE {0} SET versionnumber = versionnumber + 1000000000 WHERE Id = $id",
        _ => "INSERT INTO {0} (Id, versionnumber) VALUES ($new, 1)",
    });

    /// <summary>Rows of the same version get another cell.</summary>
    public void SeedCells() => Run(static _ => "UPDATE {0} SET lastname = 'seeded' WHERE Id = $id");

    private void Run(Func<int, string> statementOf)
    {
        using var connection = new SqliteConnection($"Data Source={_file};Pooling=False");
        connection.Open();
        for (var place = 0; place < _ids.Length; place++)
        {
            using var command = connection.CreateCommand();
            command.CommandText = statementOf(place).Replace("{0}", _table, StringComparison.Ordinal);
            _ = command.Parameters.AddWithValue("$id", _ids[place].ToString("D"));
            _ = command.Parameters.AddWithValue("$new", Guid.NewGuid().ToString("D"));
            if (command.ExecuteNonQuery() != 1)
            {
                throw new InvalidOperationException("A row of the bench is not where it should be.");
            }
        }
    }
}
