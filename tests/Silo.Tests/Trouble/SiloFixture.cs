using System.Collections.Immutable;
using System.Globalization;
using DataExport.Dataverse;
using DataExport.Grains;
using DataExport.Grains.Profiles;
using DataExport.Sandbox;
using DataExport.Silo.Control;
using DataExport.Silo.FailedRecords;
using DataExport.Silo.Hosting;
using DataExport.Silo.Telemetry;
using DataExport.Targets;
using DataExport.Targets.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExport.Silo.Tests.Trouble;

/// <summary>All of a silo but its API, in process, between a sandbox and a SQLite file.</summary>
internal sealed class SiloFixture : IAsyncDisposable
{
    private const string Queue = "changes";

    private readonly string _directory = Directory.CreateTempSubdirectory("dataexport-silo").FullName;
    private readonly IHost _host;

    /// <param name="rows">Rows of the environment.</param>
    /// <param name="looksAtMetadata">Whether changes of metadata are looked for all the time.</param>
    /// <param name="ranges">Ranges that each table is read in.</param>
    public SiloFixture(long rows, bool looksAtMetadata = false, int ranges = 1)
    {
        Sandbox = new SandboxHost(new SandboxHostOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        Sandbox.Environment.Seed(rows);
        _host = BuildHost(looksAtMetadata ? "00:00:00.050" : "00:30:00", ranges);
        var (grains, id) = (_host.Services.GetRequiredService<IGrainFactory>(), Guid.NewGuid().ToString("N"));
        (Profile, Reconcile) = (grains.GetGrain<IExportProfileGrain>(id), grains.GetGrain<IReconcileGrain>(id));
    }

    public SandboxHost Sandbox { get; }

    public IServiceProvider Services => _host.Services;

    public IExportProfileGrain Profile { get; }

    public IReconcileGrain Reconcile { get; }

    public string ControlFile => Path.Combine(_directory, "control.db");

    public string DatabaseFile => Path.Combine(_directory, "target.db");

    /// <summary>Ends when the condition holds. Nobody tells when the loops of a silo are done.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience.Limit)
            {
                throw new TimeoutException($"It did not come true that {what}.");
            }

            await Task.Yield();
        }
    }

    /// <summary>Whether the profile that is started writes a delete log for readers.</summary>
    public bool WritesDeleteLog { get; init; } = true;

    /// <summary>Whether the profile registers what is posted. Otherwise everything is.</summary>
    public bool Registers { get; init; }

    /// <summary>How often the profile wants computed columns refreshed.</summary>
    public TimeSpan? RefreshComputedEvery { get; init; }

    /// <summary>Starts everything, and activates a profile of these tables up to the end of its initial sync.</summary>
    public Task StartAsync(params string[] tables) =>
        StartAsync([.. tables.Select(static table => new ProfileEntity(table))]);

    /// <summary>The same with what the profile chooses of each table.</summary>
    public async Task StartAsync(ImmutableArray<ProfileEntity> entities, string? maskKey = null)
    {
        await CreateAsync(entities, maskKey);
        await ActivateAsync();
    }

    /// <summary>Starts everything, and creates a profile of these tables.</summary>
    public Task CreateAsync(params string[] tables) =>
        CreateAsync([.. tables.Select(static table => new ProfileEntity(table))]);

    private async Task CreateAsync(ImmutableArray<ProfileEntity> entities, string? maskKey = null)
    {
        if (Registers)
        {
            Sandbox.Namespace.CreateQueue(Queue);
        }
        else
        {
            Sandbox.CreateQueue(Queue);
        }

        await Sandbox.StartAsync();
        await _host.StartAsync();
        _ = await Profile.CreateAsync(new ExportProfile
        {
            Name = "sales",
            Entities = entities,
            MaskKey = maskKey,
            DestinationType = "sqlite",
            DestinationConnection = $"Data Source={DatabaseFile}",
            DestinationPrefix = "crm",
            WriteDeleteLog = WritesDeleteLog,
            RefreshComputedEvery = RefreshComputedEvery,
            RetryPolicy = new ProfileRetryPolicy(0, 0),
            SourceUrl = Sandbox.WebApi.EnvironmentAddress.AbsoluteUri,
            NotificationConnection = $"{Sandbox.Namespace.ConnectionString};EntityPath={Queue}",
            RegistrationConnection = Registers ? $"{Sandbox.Namespace.ConnectionString};EntityPath={Queue}" : null,
        });
    }

    /// <summary>Activates the profile; ends when all its tables are at their deltas.</summary>
    public async Task ActivateAsync()
    {
        _ = await Profile.ActivateAsync();
        await UntilAsync(
            async () => (await Profile.GetReportAsync()).Status is ProfileStatus.DeltaSync, "the initial sync ends");
    }

    /// <summary>One delta of each table and all questions.</summary>
    public async Task SyncAsync()
    {
        using var patience = new CancellationTokenSource(Patience.Limit);
        await Profile.SyncNowAsync(patience.Token);
    }

    /// <summary>Reconciles the profile's only table to the end.</summary>
    public async Task<TableReconcileReport> ReconcileAsync(ReconcileRequest request)
    {
        var report = await Reconcile.StartAsync(request);
        await UntilAsync(
            async () => (report = (await Reconcile.GetReportAsync())!).EndedOn is not null, "the reconcile ends");
        return report.Tables.ShouldHaveSingleItem();
    }

    /// <summary>Whether something waits for the target, which is away.</summary>
    public async Task<bool> IsTargetAwayAsync()
    {
        var runtime = await _host.Services.GetRequiredService<ProfileRuntimes>()
            .GetAsync(Profile.GetPrimaryKeyString(), CancellationToken.None);
        return !((ProfileRuntime)runtime).Batches.IsTargetAvailable;
    }

    public SqliteConnection OpenDatabase() => Open(DatabaseFile);

    /// <summary>The first column of the first row in the control database, as text.</summary>
    public string? AskControl(string sql)
    {
        using var connection = Open(ControlFile);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()?.ToString();
    }

    /// <summary>The first column of the first row in the target, as text.</summary>
    public string? AskTarget(string sql)
    {
        using var connection = OpenDatabase();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()?.ToString();
    }

    /// <summary>The ids of a table's rows in the target.</summary>
    public HashSet<Guid> TargetIds(string table, string where = "1") =>
        Ids(string.Create(CultureInfo.InvariantCulture, $"SELECT \"Id\" FROM \"crm_{table}\" WHERE {where}"));

    /// <summary>The ids of a table's records in the delete log.</summary>
    public HashSet<Guid> LoggedIds(string table) =>
        Ids($"SELECT \"RecordId\" FROM \"crm_DeleteLog\" WHERE \"EntityName\" = '{table}'");

    private HashSet<Guid> Ids(string sql)
    {
        using var connection = OpenDatabase();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var ids = new HashSet<Guid>();
        while (reader.Read())
        {
            _ = ids.Add(Guid.Parse(reader.GetString(0)));
        }

        return ids;
    }

    /// <summary>The ids and versions of a table's rows in the target.</summary>
    public Dictionary<Guid, long> TargetVersions(string table)
    {
        using var connection = OpenDatabase();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT \"Id\", \"versionnumber\" FROM \"crm_{table}\"";
        using var reader = command.ExecuteReader();
        var versions = new Dictionary<Guid, long>();
        while (reader.Read())
        {
            versions.Add(Guid.Parse(reader.GetString(0)), reader.IsDBNull(1) ? 0 : reader.GetInt64(1));
        }

        return versions;
    }

    /// <summary>The ids and versions of a table's records at the source.</summary>
    public Dictionary<Guid, long> SourceVersions(string table) =>
        Sandbox.Environment.Records(Sandbox.Environment.Table(table))
            .ToDictionary(static record => record.Id, static record => record.Version);

    /// <summary>The ids of a table's records at the source.</summary>
    public HashSet<Guid> SourceIds(string table) =>
        [.. Sandbox.Environment.Records(Sandbox.Environment.Table(table)).Select(static record => record.Id)];

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        await Sandbox.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>Changes the target past the silo. Returns how many rows that met.</summary>
    public int Execute(string sql)
    {
        using var connection = OpenDatabase();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }

    private IHost BuildHost(string metadataInterval, int ranges)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        _ = builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["DataExport:Silo:DataDirectory"] = _directory,
            ["DataExport:Source:PageRowsMax"] = "50",
            ["DataExport:Source:PageBytesMax"] = "16384",
            ["DataExport:TableSync:DeltaInterval"] = "01:00:00",
            ["DataExport:TableSync:TablesLoadingMax"] = "1",
            ["DataExport:TableSync:RangesMax"] = $"{ranges}",
            ["DataExport:TableSync:RangedFromRows"] = "200",
            ["DataExport:Confirm:RoundInterval"] = "00:00:00.010",
            ["DataExport:Confirm:FetchRecordsMax"] = "10",
            ["DataExport:Confirm:DeltaAboveQuestions"] = "100000",
            ["DataExport:Confirm:AskAgainAfter"] = "00:00:00.200",
            ["DataExport:Registration:CheckInterval"] = "00:00:00.050",
            ["DataExport:Control:Interval"] = "00:00:01",
            ["DataExport:Metadata:LookInterval"] = metadataInterval,
            ["DataExport:Writing:RetryDelay"] = "00:00:00.010",
            ["DataExport:Writing:RetryDelayMax"] = "00:00:00.050",
            ["DataExport:Pulling:ProfilesInterval"] = "00:00:00.050",
        });
        _ = builder.Services
            .AddSingleton(TimeProvider.System)
            .Configure<SqliteTargetOptions>(static options => options.BusyTimeout = TimeSpan.FromMilliseconds(50))
            .AddSingleton<PathInstruments>()
            .AddDataExportGrains()
            .AddSourceCounting()
            .AddDataverseSource()
            .AddTargets()
            .AddFailedRecordLog()
            .AddBatchWriting()
            .AddControlReporting();
        _ = builder.Services.AddOptions<SiloOptions>().BindConfiguration(SiloOptions.Section);
        builder.UseOrleans(silo => silo.UseLoneCluster().AddMemoryGrainStorage(ProfileNames.Storage));
        _ = builder.Services.AddNotificationPulling();
        return builder.Build();
    }
}
