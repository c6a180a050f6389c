using System.Diagnostics;
using DataExport.Client;
using DataExport.Run.Hosting;
using DataExport.Sandbox;

namespace DataExport.Bench.Change;

/// <summary>
/// A Sandbox in this process and a silo in another, loaded and in delta sync: what a change goes through.
/// </summary>
internal sealed class BenchPath : IAsyncDisposable
{
    private static readonly TimeSpan s_rest = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_stopPatience = TimeSpan.FromSeconds(40);

    private readonly DataDirectory _directory;
    private readonly SiloProcess _silo;
    private readonly DataExportClient _client;
    private readonly TimeProvider _clock;
    private string _profileId = "";

    private BenchPath(
        SandboxEnvironment sandbox,
        DataDirectory directory,
        SiloProcess silo,
        DataExportClient client,
        TimeProvider clock) =>
        (Sandbox, _directory, _silo, _client, _clock) = (sandbox, directory, silo, client, clock);

    public SandboxEnvironment Sandbox { get; }

    /// <summary>Highest memory of the silo so far, MiB.</summary>
    public double PeakMemoryMiB => Math.Round(_silo.MeasurePeakBytes() / 1048576.0, 1);

    /// <summary>The target's database.</summary>
    public string DatabaseFile => _directory.DatabaseFile;

    /// <summary>Starts both and waits for the end of the initial sync.</summary>
    public static Task<BenchPath> StartAsync(int rows, TimeProvider clock) => StartAsync(rows, table: null, clock);

    /// <summary>The same with all rows in one table, which alone is exported.</summary>
    public static async Task<BenchPath> StartAsync(int rows, string? table, TimeProvider clock)
    {
        var sandbox = await SandboxEnvironment.StartAsync(
            new SandboxSettings { Rows = table is null ? rows : 0, Queues = [ExportSetup.Queue] },
            clock,
            CancellationToken.None);
        for (var row = 0; table is not null && row < rows; row++)
        {
            _ = sandbox.Sandbox.CreateSilently(sandbox.Sandbox.Table(table));
        }

        return await StartAsync(sandbox, table is null ? [] : [table], clock);
    }

    /// <summary>The same with tables of the caller's.</summary>
    public static async Task<BenchPath> StartAsync(int rows, SandboxModel model, TimeProvider clock)
    {
        var sandbox = await SandboxEnvironment.StartAsync(
            new SandboxSettings { Rows = rows, Model = model, Queues = [ExportSetup.Queue] },
            clock,
            CancellationToken.None);
        return await StartAsync(sandbox, tables: [], clock);
    }

    private static async Task<BenchPath> StartAsync(
        SandboxEnvironment sandbox, IReadOnlyList<string> tables, TimeProvider clock)
    {
        var directory = DataDirectory.CreateTemporary();
        var silo = new SiloProcess(new SiloSettings(directory.SiloDirectory), clock);
        var client = new DataExportClient(silo.Settings.Address, silo.Settings.ApiKey, clock);
        var path = new BenchPath(sandbox, directory, silo, client, clock);
        try
        {
            await path.ActivateAsync(ExportSetup.TablesOf(sandbox.Sandbox, tables));
            return path;
        }
        catch
        {
            await path.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns when all that <paramref name="change"/> did is committed and completed.</summary>
    public async Task<TimeSpan> ChangeAsync(Func<Task> change)
    {
        var watch = Stopwatch.StartNew();
        await change();
        while (Sandbox.ReadBacklog() > 0)
        {
            await Task.Delay(s_rest, _clock);
        }

        return watch.Elapsed;
    }

    /// <summary>What <paramref name="changes"/> changes take. Processor time of both processes.</summary>
    public async Task<Measure> MeasureAsync(string name, int changes, Func<Task> change)
    {
        Sandbox.Bus.ClearLatency(ExportSetup.Queue);
        var (usage, siloCpu) = (Usage.Begin(), _silo.MeasureProcessorTime());
        var took = await ChangeAsync(change);
        var cpu = usage.Cpu + _silo.MeasureProcessorTime() - siloCpu;
        var latency = Sandbox.Bus.GetLatency(ExportSetup.Queue);
        return new Measure(name, "sqlite", changes / took.TotalSeconds)
        {
            P50Ms = latency.P50Milliseconds,
            P99Ms = latency.P99Milliseconds,
            CpuMicrosecondsPerItem = cpu.TotalMicroseconds / changes,
        };
    }

    /// <summary>Returns when every question is answered and every row confirmed.</summary>
    public async Task<TimeSpan> ConfirmAsync()
    {
        var watch = Stopwatch.StartNew();
        _ = await _client.SyncAsync(_profileId);
        return watch.Elapsed;
    }

    /// <summary>Returns when no question is open, without asking for it.</summary>
    public async Task<TimeSpan> WaitUntilConfirmedAsync()
    {
        var watch = Stopwatch.StartNew();
        while (Sandbox.ReadBacklog() > 0
            || (await _client.GetProfileAsync(_profileId, withStatus: true)).Report is not { Pending: 0 })
        {
            await Task.Delay(s_rest, _clock);
        }

        return watch.Elapsed;
    }

    /// <summary>Reconciles to the end.</summary>
    public async Task<ReconcileReport> ReconcileAsync(ReconcileRequest request)
    {
        var report = await _client.StartReconcileAsync(_profileId, request);
        while (report.EndedOn is null)
        {
            await Task.Delay(s_rest, _clock);
            report = await _client.GetReconcileAsync(_profileId)
                ?? throw new InvalidOperationException("The silo was restarted.");
        }

        return report;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            _ = await _silo.StopAsync(s_stopPatience);
            _client.Dispose();
            await Sandbox.DisposeAsync();
        }
        finally
        {
            _ = _directory.DeleteIfTemporary();
        }
    }

    private async Task ActivateAsync(IReadOnlyList<SandboxTable> tables)
    {
        _silo.Start();
        await new Patience(_silo, mayBeKilled: false, _clock).WaitUntilReadyAsync(_client, CancellationToken.None);
        var profile = await _client.CreateProfileAsync(
            ExportSetup.ProfileOf(Sandbox, tables, _directory), CancellationToken.None);
        _profileId = profile.Id;
        _ = await _client.ActivateAsync(profile.Id, CancellationToken.None);
        _ = await _client.WaitForStatusAsync(profile.Id, ProfileStatus.DeltaSync);
    }
}
