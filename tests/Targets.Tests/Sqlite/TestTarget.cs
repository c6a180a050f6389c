using DataExport.Grains.Fence;
using DataExport.Grains.Ports;
using DataExport.Targets.Sqlite;
using Microsoft.Data.Sqlite;

namespace DataExport.Targets.Tests.Sqlite;

/// <summary>A target in a file of its own, and a way to look into it past the target.</summary>
internal sealed class TestTarget : IAsyncDisposable
{
    public const string Prefix = "crm";

    private readonly string _folder = Directory.CreateTempSubdirectory("dataexport-").FullName;

    private TestTarget()
    {
    }

    public FakeClock Clock { get; } = new();

    public SqliteTargetOptions Options { get; } = new() { BusyTimeout = TimeSpan.Zero };

    public ITarget Target { get; private set; } = null!;

    public string File => Path.Combine(_folder, "target.db");

    public static async Task<TestTarget> StartAsync(params TableDefinition[] tables)
    {
        var test = new TestTarget();
        try
        {
            await test.RestartAsync(tables);
            return test;
        }
        catch
        {
            await test.DisposeAsync();
            throw;
        }
    }

    /// <summary>With contacts, past their initial sync.</summary>
    public static async Task<TestTarget> StartLoadedAsync()
    {
        var test = await StartAsync(Tables.Contact);
        await test.EndLoadAsync();
        return test;
    }

    /// <summary>A new instance on the same file, as after a restart of the silo.</summary>
    public async Task RestartAsync(params TableDefinition[] tables)
    {
        if (Target is not null)
        {
            await Target.DisposeAsync();
        }

        Target = NewInstance();
        await Target.ProvisionAsync(tables, default);
    }

    public ITarget NewInstance() => new SqliteTarget(File, Prefix, Options, Clock);

    /// <summary>Puts a table past its initial sync, so that rule 10 is silent.</summary>
    public Task EndLoadAsync(string table = "contact") => Target.SaveSyncStateAsync(
        new TableSyncState { Table = table, Phase = TableSyncPhase.Delta }, default);

    public async Task<ApplyResult> MergeAsync(Guid recordId, Evidence evidence, ColumnValues? columns = null) =>
        (await Target.MergeAsync([new MergeItem("contact", recordId, evidence, columns)], default)).Single();

    /// <summary>A confirmed row, read from a page that began a second ago.</summary>
    public Task<ApplyResult> LoadAsync(Guid recordId, long version, string name = "Ann", DateTime? modifiedOn = null) =>
        MergeAsync(
            recordId,
            new Evidence(EvidenceKind.ReadUpsert, Clock.Now.AddSeconds(-1), new VersionNumber(version)),
            Tables.Values(name, "Oslo", modifiedOn ?? Clock.Now.AddMinutes(-1)));

    /// <summary>A row of a page that began at an instant.</summary>
    public Task<ApplyResult> ReadAsync(
        Guid recordId, DateTime began, long version, string name, bool overrides = false) =>
        MergeAsync(
            recordId,
            new Evidence(EvidenceKind.ReadUpsert, began, new VersionNumber(version), Overrides: overrides),
            Tables.Values(name));

    public Task<ApplyResult> NotifyUpdateAsync(
        Guid recordId, DateTime modifiedOn, string? name = null, string? city = null) =>
        MergeAsync(recordId, new Evidence(EvidenceKind.NotifiedUpdate, modifiedOn), Tables.Values(name, city));

    public Task<ApplyResult> NotifyCreateAsync(Guid recordId) =>
        MergeAsync(recordId, new Evidence(EvidenceKind.NotifiedCreate, Clock.Now), Tables.Values("New"));

    public Task<ApplyResult> NotifyDeleteAsync(Guid recordId) =>
        MergeAsync(recordId, new Evidence(EvidenceKind.NotifiedDelete, Clock.Now));

    public async Task<PendingQuestion?> QuestionAsync(Guid recordId, string table = "contact") =>
        (await Target.ReadPendingAsync(table, 0, DateTime.MaxValue, 1000, default))
            .SingleOrDefault(asked => asked.RecordId == recordId);

    /// <summary>One row as the driver shows it; <see langword="null"/>s are <see langword="null"/>.</summary>
    public Dictionary<string, object?>? Row(Guid recordId, string table = "crm_contact") =>
        Rows($"SELECT * FROM {table} WHERE Id = '{recordId}'").SingleOrDefault();

    public List<Dictionary<string, object?>> DeleteLog(Guid recordId) =>
        Rows($"SELECT * FROM crm_DeleteLog WHERE RecordId = '{recordId}' ORDER BY Id");

    public List<Dictionary<string, object?>> Rows(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<Dictionary<string, object?>>();
        while (reader.Read())
        {
            rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(
                reader.GetName, column => reader.IsDBNull(column) ? null : reader.GetValue(column)));
        }

        return rows;
    }

    public void Execute(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        _ = command.ExecuteNonQuery();
    }

    public SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Target.DisposeAsync();
        }
        finally
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
