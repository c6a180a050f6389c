using DataExport.Grains.Ports;
using DataExport.Targets.Layout;
using DataExport.Targets.Sqlite;
using DataExport.Targets.Tests.Contract;
using Microsoft.Data.Sqlite;

namespace DataExport.Targets.Tests.Sqlite;

/// <summary>A target in a file of its own.</summary>
public sealed class SqliteTestTarget : TestTarget
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dataexport-").FullName;

    public SqliteTargetOptions Options { get; } = new() { BusyTimeout = TimeSpan.Zero };

    public string File => Path.Combine(_folder, "target.db");

    public override int AskRowsMax
    {
        set => Options.AskRowsMax = value;
    }

    public override int PageRowsMin
    {
        set => _ = value;
    }

    internal override TargetDialect Dialect => SqliteDialect.Instance;

    public override int ColumnsMax => 2_000;

    public override void WaitForLocks() => Options.BusyTimeout = TimeSpan.FromSeconds(60);

    public override string Catalogue() => string.Join(
        '\n', Rows("SELECT type || ' ' || name || ' ' || coalesce(sql, '') AS line FROM sqlite_schema ORDER BY 1")
            .Select(static row => row["line"]));

    public static Task<SqliteTestTarget> StartAsync(params TableDefinition[] tables) =>
        StartAsync(new SqliteTestTarget(), tables);

    /// <summary>With contacts, past their initial sync.</summary>
    public static async Task<SqliteTestTarget> StartLoadedAsync()
    {
        var test = await StartAsync(Tables.Contact);
        await test.EndLoadAsync();
        return test;
    }

    public override ITarget NewInstance(string prefix = Prefix) =>
        new SqliteTarget(File, prefix, Options, Clock, Extras);

    public override SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        return connection;
    }

    protected override void Drop() => Directory.Delete(_folder, recursive: true);
}
