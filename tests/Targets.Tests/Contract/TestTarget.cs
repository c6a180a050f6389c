using System.Data.Common;
using System.Globalization;
using DataExport.Grains.Fence;
using DataExport.Grains.Ports;
using DataExport.Targets.Layout;

namespace DataExport.Targets.Tests.Contract;

/// <summary>A target in a database of its own, and a way to look into it past the target.</summary>
public abstract class TestTarget : IAsyncDisposable
{
    public const string Prefix = "crm";

    public FakeClock Clock { get; } = new();

    public ITarget Target { get; private set; } = null!;

    /// <summary>What the instances made from now on want beyond tables.</summary>
    internal TargetExtras Extras { get; set; } = TargetExtras.None;

    /// <summary>How many rows one transaction asks about at the end of a resync.</summary>
    public abstract int AskRowsMax { set; }

    /// <summary>
    /// From how many rows on a page is written by one statement; nothing to an engine that knows no such.
    /// </summary>
    public abstract int PageRowsMin { set; }

    /// <summary>How the engine names and types.</summary>
    internal abstract TargetDialect Dialect { get; }

    /// <summary>Every table, column with its type, and index of the database, in a text that says all of it.</summary>
    public abstract string Catalogue();

    /// <summary>Yes, as a statement holds it.</summary>
    public virtual string Yes => "1";

    /// <summary>Lets the instances made from now on wait for each other, as silos do.</summary>
    public abstract void WaitForLocks();

    /// <summary>The most columns that a table of the source gets.</summary>
    public abstract int ColumnsMax { get; }

    /// <summary>A name as a statement holds it, in the form in which the engine keeps it.</summary>
    public string Quoted(string name) => Dialect.Name(name).ToString();

    /// <summary>What was changed in the tables, in order: kind and column.</summary>
    public List<string> SchemaChanges() =>
        [.. Rows("SELECT Change, ColumnName FROM crm_SchemaChanges ORDER BY Id")
            .Select(static row => string.Create(CultureInfo.InvariantCulture, $"{row["Change"]} {row["ColumnName"]}"))];

    /// <summary>The sync state of a table.</summary>
    public async Task<TableSyncState> StateAsync(string table = "contact") =>
        (await Target.ReadSyncStatesAsync(default)).Single(state => state.Table == table);

    /// <summary>Merges a row of a page into any table.</summary>
    public async Task<ApplyResult> ReadAsync(TableDefinition table, Guid recordId, long version, ColumnValues values)
    {
        var evidence = new Evidence(EvidenceKind.ReadUpsert, Clock.Now.AddSeconds(-1), new VersionNumber(version));
        return (await Target.MergeAsync([new MergeItem(table.Name, recordId, evidence, values)], default)).Single();
    }

    /// <summary>Provisions a target that was just made.</summary>
    public static async Task<T> StartAsync<T>(T test, params TableDefinition[] tables)
        where T : TestTarget
    {
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

    /// <summary>Another instance on the same database, as another silo has it.</summary>
    public abstract ITarget NewInstance(string prefix = Prefix);

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

    /// <summary>
    /// What a query shows, in the same form whatever the engine: ids in lower case, times to the millisecond, whole
    /// numbers as 64 bits, decimal numbers as doubles, yes and no as 1 and 0, times with a zone as UTC with a Z.
    /// </summary>
    public List<Dictionary<string, object?>> Rows(string sql)
    {
        var rows = new List<Dictionary<string, object?>>();
        Read(sql, reader => rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(
            reader.GetName, column => Shown(reader.GetValue(column)), StringComparer.OrdinalIgnoreCase)));
        return rows;
    }

    /// <summary>The names of a table's columns, as the engine keeps them.</summary>
    public List<string> ColumnsOf(string table)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = Qualified($"SELECT * FROM {table}");
        using var reader = command.ExecuteReader();
        return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
    }

    /// <summary>Shows every row of a query as the driver has it.</summary>
    public void Read(string sql, Action<DbDataReader> row)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = Qualified(sql);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            row(reader);
        }
    }

    public void Execute(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = Qualified(sql);
        _ = command.ExecuteNonQuery();
    }

    /// <summary>A time, in the form of <see cref="Rows"/>, as the engine's columns keep it.</summary>
    public string Kept(string time) =>
        Shown(Clock.Round(DateTime.Parse(time, CultureInfo.InvariantCulture)), "");

    /// <summary>A connection past the target.</summary>
    public abstract DbConnection Open();

    /// <summary>Ends the target and takes its database away.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (Target is not null)
            {
                await Target.DisposeAsync();
            }
        }
        finally
        {
            Drop();
        }

        GC.SuppressFinalize(this);
    }

    protected abstract void Drop();

    /// <summary>A query as the engine needs it to find the test's own tables.</summary>
    protected virtual string Qualified(string sql) => sql;

    /// <summary>A cell in the form of <see cref="Rows"/>.</summary>
    public static object? Shown(object value) => value switch
    {
        DBNull => null,
        Guid id => id.ToString("D"),
        DateTime { Kind: DateTimeKind.Utc } zoned => Shown(zoned, "Z"),
        DateTimeOffset zoned => Shown(zoned.UtcDateTime, "Z"),
        DateTime time => Shown(time, ""),
        bool yes => yes ? 1L : 0L,
        int number => (long)number,
        decimal number => (double)number,
        _ => value,
    };

    private static string Shown(DateTime time, string zone) =>
        time.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture) + zone;
}
