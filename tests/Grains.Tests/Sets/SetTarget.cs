using System.Collections.Immutable;
using DataExport.Grains.Ports;
using DataExport.Grains.Tests.Model;
using DataExport.Targets.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace DataExport.Grains.Tests.Sets;

/// <summary>A real SQLite target with one intersect table, and the runtime of a profile that has no other.</summary>
internal sealed class SetTarget : IProfileRuntime, IFailedRecordLog, IAsyncDisposable
{
    public const string Table = "link";

    private readonly string _directory = Directory.CreateTempSubdirectory("dataexport-sets-").FullName;
    private readonly SqliteConnection _reader;

    public SetTarget(ModelClock clock)
    {
        var connection = $"Data Source={Path.Combine(_directory, "target.db")}";
        var profile = new ExportProfile { DestinationType = "sqlite", DestinationConnection = connection };
        Target = new SqliteTargetFactory(Options.Create(new SqliteTargetOptions()), clock).Open(profile);
        Writer = new GatedWriter(Target);
        _reader = new SqliteConnection(connection);
    }

    public static TableDefinition Definition { get; } = new()
    {
        Name = Table,
        EntitySetName = "links",
        PrimaryIdColumn = "linkid",
        Relationships = [new RelationshipDefinition("a_b", "a", "aid", "b", "bid")],
        Columns =
        [
            new ColumnDefinition { Name = "linkid", Type = ColumnType.UniqueIdentifier },
            new ColumnDefinition { Name = "aid", Type = ColumnType.UniqueIdentifier },
            new ColumnDefinition { Name = "bid", Type = ColumnType.UniqueIdentifier },
            new ColumnDefinition { Name = "versionnumber", Type = ColumnType.BigInt },
        ],
    };

    public ITarget Target { get; }

    public ExportProfile Profile { get; } = new() { RetryPolicy = new ProfileRetryPolicy(0, 0) };

    public IReadOnlyDictionary<string, TableDefinition> Tables { get; } =
        new Dictionary<string, TableDefinition> { [Table] = Definition };

    public ISourceEnvironment Source =>
        Environment ?? throw new NotSupportedException("The schedule plays the source.");

    /// <summary>A source, for who asks in rounds.</summary>
    public ISourceEnvironment? Environment { get; init; }

    public IChangeWriter Writer { get; }

    public IFailedRecordLog FailedRecords => this;

    public bool IsBusy { get; set; }

    /// <summary>What was last told of each table's oldest question.</summary>
    public IReadOnlyDictionary<string, DateTime> Oldest { get; private set; } =
        ImmutableDictionary<string, DateTime>.Empty;

    /// <summary>Called with every round of questions.</summary>
    public Action Counted { get; set; } = static () => { };

    public long Count => 0;

    public async Task OpenAsync()
    {
        await Target.ProvisionAsync([Definition], default);
        await Target.SaveSyncStateAsync(new TableSyncState { Table = Table, Phase = TableSyncPhase.Delta }, default);
        await _reader.OpenAsync();
    }

    /// <summary>The pairs that a reader of the target sees, by row id.</summary>
    public ImmutableSortedDictionary<Guid, (Guid Left, Guid Right)> Read()
    {
        using var command = _reader.CreateCommand();
        command.CommandText = "SELECT Id, aid, bid FROM link";
        using var rows = command.ExecuteReader();
        var pairs = ImmutableSortedDictionary.CreateBuilder<Guid, (Guid, Guid)>();
        while (rows.Read())
        {
            pairs.Add(rows.GetGuid(0), (rows.GetGuid(1), rows.GetGuid(2)));
        }

        return pairs.ToImmutable();
    }

    public void Empty()
    {
        using var command = _reader.CreateCommand();
        command.CommandText =
            "BEGIN IMMEDIATE; DELETE FROM link; DELETE FROM DeleteLog; DELETE FROM Pending; DELETE FROM PendingSets; "
            + "COMMIT";
        _ = command.ExecuteNonQuery();
    }

    public void PendingCounted(
        IReadOnlyDictionary<string, long> byTable, IReadOnlyDictionary<string, DateTime> oldestByTable)
    {
        Oldest = oldestByTable;
        Counted();
    }

    public void TableTold(string table, TableSyncState? state)
    {
    }

    public Task AppendAsync(RecordKey key, ChangeKind? kind, string reason, CancellationToken cancellationToken) =>
        throw new InvalidOperationException($"The target rejected {key}: {reason}");

    public async ValueTask DisposeAsync()
    {
        await _reader.DisposeAsync();
        await Target.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }
}
