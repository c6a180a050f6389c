using DataExport.Grains.Ports;
using DataExport.Targets.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace DataExport.Grains.Tests.Model;

/// <summary>A row as a reader of the target sees it.</summary>
internal sealed record ShownRow(long[] Columns, long? Version);

/// <summary>A real SQLite target with one table of three columns, and a reader of its own beside it.</summary>
internal sealed class ModelTarget : IAsyncDisposable
{
    public const string Table = "thing";

    private readonly string _directory = Directory.CreateTempSubdirectory("dataexport-model-").FullName;
    private readonly SqliteConnection _reader;

    public ModelTarget(ModelClock clock)
    {
        var connection = $"Data Source={Path.Combine(_directory, "target.db")}";
        var profile = new ExportProfile { DestinationType = "sqlite", DestinationConnection = connection };
        Target = new SqliteTargetFactory(Options.Create(new SqliteTargetOptions()), clock).Open(profile);
        _reader = new SqliteConnection(connection);
    }

    public static TableDefinition Definition { get; } = new()
    {
        Name = Table,
        EntitySetName = "things",
        PrimaryIdColumn = "thingid",
        Columns =
        [
            new ColumnDefinition { Name = "a", Type = ColumnType.BigInt },
            new ColumnDefinition { Name = "b", Type = ColumnType.BigInt },
            new ColumnDefinition { Name = "c", Type = ColumnType.BigInt },
            new ColumnDefinition { Name = "modifiedon", Type = ColumnType.DateTime },
            new ColumnDefinition { Name = "versionnumber", Type = ColumnType.BigInt },
            new ColumnDefinition { Name = "thingid", Type = ColumnType.UniqueIdentifier },
        ],
    };

    public static long Layout { get; } = Definition.Layout;

    public ITarget Target { get; }

    public async Task OpenAsync()
    {
        await Target.ProvisionAsync([Definition], CancellationToken.None);
        await _reader.OpenAsync();
    }

    /// <summary>The row of a record, or null.</summary>
    public ShownRow? Read(Guid id)
    {
        using var command = Command("SELECT a, b, c, versionnumber FROM thing WHERE Id = $id", id);
        using var reader = command.ExecuteReader();
        return reader.Read()
            ? new ShownRow(
                [reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2)],
                reader.IsDBNull(3) ? null : reader.GetInt64(3))
            : null;
    }

    public bool IsPending(Guid id)
    {
        using var command = Command("SELECT COUNT(*) FROM Pending WHERE RecordId = $id", id);
        return (long)command.ExecuteScalar()! > 0;
    }

    /// <summary>Forgets every record, so that the next schedule finds an empty table.</summary>
    public void Empty()
    {
        using var command = _reader.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE; DELETE FROM thing; DELETE FROM DeleteLog; DELETE FROM Pending; COMMIT";
        _ = command.ExecuteNonQuery();
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _reader.DisposeAsync();
            await Target.DisposeAsync();
            SqliteConnection.ClearAllPools();
        }
        finally
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    private SqliteCommand Command(string sql, Guid id)
    {
        var command = _reader.CreateCommand();
        command.CommandText = sql;
        _ = command.Parameters.AddWithValue("$id", id.ToString("D"));
        return command;
    }
}
