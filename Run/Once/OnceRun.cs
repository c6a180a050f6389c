using DataExport.Api;
using DataExport.Client;
using DataExport.Run.Comparison;
using DataExport.Run.Hosting;
using DataExport.Sandbox;

namespace DataExport.Run.Once;

/// <summary>
/// One run from an empty target to a compared one: initial sync, changes during it and after it, one sync, comparison.
/// </summary>
internal sealed class OnceRun : IAsyncDisposable
{
    private static readonly TimeSpan _rest = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _stopPatience = TimeSpan.FromSeconds(40);

    private readonly OnceOptions _options;
    private readonly DataDirectory _directory;
    private readonly TimeProvider _clock;
    private readonly TextWriter _log;
    private readonly SandboxEnvironment _environment;
    private readonly IReadOnlyList<SandboxTable> _tables;
    private readonly SiloProcess _silo;
    private readonly DataExportClient _client;
    private readonly Patience _patience;
    private readonly SiloFigures _figures;
    private readonly ChaosDriver _chaos;
    private readonly FaultDriver _faults;

    private OnceRun(
        OnceOptions options,
        DataDirectory directory,
        SandboxEnvironment environment,
        TextWriter log,
        TimeProvider clock)
    {
        (_options, _directory, _environment, _log, _clock) = (options, directory, environment, log, clock);
        _tables = ExportSetup.TablesOf(environment.Sandbox, options.Tables);
        _silo = new SiloProcess(
            new SiloSettings(directory.SiloDirectory)
            {
                Limits = FaultSettings.LimitsOf(options.Faults),
                MetadataInterval = FaultSettings.MetadataIntervalOf(options.Faults),
            },
            clock);
        _client = new DataExportClient(_silo.Settings.Address, _silo.Settings.ApiKey, clock);
        _patience = new Patience(_silo, options.Chaos, clock);
        _figures = new SiloFigures(_silo, _client, clock);
        _chaos = new ChaosDriver(environment, _silo, _client, options, clock);
        _faults = new FaultDriver(environment, options, clock);
        _faults.HideColumns();
    }

    /// <summary>The differences found first.</summary>
    public IReadOnlyList<Difference> Differences { get; private set; } = [];

    /// <summary>Starts the Sandbox; the silo follows with <see cref="RunAsync"/>.</summary>
    public static async Task<OnceRun> StartAsync(
        OnceOptions options,
        DataDirectory directory,
        TextWriter log,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var environment = await SandboxEnvironment.StartAsync(SettingsOf(options), clock, cancellationToken);
        return new OnceRun(options, directory, environment, log, clock);
    }

    /// <summary>Does all of it.</summary>
    public async Task<OnceResult> RunAsync(CancellationToken cancellationToken)
    {
        _silo.Start();
        await _patience.WaitUntilReadyAsync(_client, cancellationToken);
        var profile = await _client.CreateProfileAsync(
            ExportSetup.ProfileOf(_environment, _tables, _directory) with
            {
                RefreshComputedEvery = FaultSettings.RefreshIntervalOf(_options.Faults),
            },
            cancellationToken);

        _figures.ProfileId = profile.Id;
        using var measured = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var measuring = _figures.RunAsync(measured.Token);
        using var peace = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var chaos = _options.Chaos ? _chaos.RunAsync(peace.Token) : Task.CompletedTask;

        var times = await ReplicateAsync(profile.Id, EndChaosAsync, cancellationToken);
        await measured.CancelAsync();
        await measuring;
        await _figures.MeasureAsync(cancellationToken);
        return await CompareAsync(times, cancellationToken);

        async Task EndChaosAsync()
        {
            await peace.CancelAsync();
            await chaos;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _silo.DisposeAsync();
        _client.Dispose();
        await _environment.DisposeAsync();
    }

    private static SandboxSettings SettingsOf(OnceOptions options)
    {
        var settings = new SandboxSettings
        {
            Seed = options.Seed,
            Source = options.Source,
            Rows = options.Rows,
            Queues = [],
            RegisteredQueues = [ExportSetup.Queue],
            Faults = options.Faults,
        };
        var chaos = options.ChaosLimits;
        return !options.Chaos ? settings : settings with
        {
            Shuffle = new ShuffleSettings(options.ShuffleWindow, chaos.Duplicates, options.Seed),
            Queue = new SandboxQueueOptions
            {
                LockDuration = chaos.LockDuration,
                DeliveryCountMax = chaos.DeliveryCountMax,
            },
        };
    }

    private async Task<OnceTimes> ReplicateAsync(
        string profileId, Func<Task> endChaosAsync, CancellationToken cancellationToken)
    {
        var rows = _tables.Sum(_environment.Sandbox.Count);
        var driver = new ChangeDriver(
            _environment,
            new ChangeGenerator(_environment.Sandbox, _options.Seed),
            _options.BacklogMax,
            _clock);
        var began = _clock.GetTimestamp();
        var changesDuring = _options.Changes / 2;
        var during = driver.RunAsync(changesDuring, _options.Pace, cancellationToken);
        _log.WriteLine($"Activating: {rows:N0} rows in {_tables.Count} tables.");
        _ = await _patience.AskAsync(token => _client.ActivateAsync(profileId, token), cancellationToken);
        using var calm = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var troubling = _faults.RunAsync(calm.Token);
        if (_options.Faults is SandboxFaults.None)
        {
            // With faults a table may begin anew at any time: only after the last is there a moment without.
            await WaitForDeltaSyncAsync(profileId, cancellationToken);
            _log.WriteLine($"Initial sync done; {driver.Made:N0} changes so far.");
        }

        var initial = _clock.GetElapsedTime(began);
        await during;

        var changesBegan = _clock.GetTimestamp();
        await driver.RunAsync(_options.Changes - changesDuring, _options.Pace, cancellationToken);
        await calm.CancelAsync();
        await troubling;
        await WaitForMetadataAsync(profileId, cancellationToken);
        await WaitForDeltaSyncAsync(profileId, cancellationToken);
        initial = _options.Faults is SandboxFaults.None ? initial : _clock.GetElapsedTime(began);
        _environment.Flush();
        await WaitForOneMoreKillAsync(cancellationToken);
        await endChaosAsync();
        _log.WriteLine($"All {driver.Made:N0} changes made; waiting for the queue.");
        await WaitForEmptyQueueAsync(cancellationToken);
        var changing = _clock.GetElapsedTime(changesBegan);

        await WaitForRefreshAsync(cancellationToken);
        _log.WriteLine("One delta sync and one confirmation of every table.");
        _ = await _patience.AskAsync(token => _client.SyncAsync(profileId, token), cancellationToken);
        return new OnceTimes(rows, initial, _options.Changes - changesDuring, changing, _clock.GetElapsedTime(began));
    }

    /// <summary>Waits until the target has every column that the environment has now.</summary>
    private async Task WaitForMetadataAsync(string profileId, CancellationToken cancellationToken)
    {
        while (_options.Faults.HasFlag(SandboxFaults.MetadataChange))
        {
            if (await _patience.AskAsync(token => HasAllColumnsAsync(profileId, token), cancellationToken))
            {
                return;
            }

            await Task.Delay(_rest, _clock, cancellationToken);
        }
    }

    /// <summary>Waits until all rows are due to be compared once more: what was computed last, that brings.</summary>
    private Task WaitForRefreshAsync(CancellationToken cancellationToken) =>
        Task.Delay(FaultSettings.RefreshIntervalOf(_options.Faults) ?? TimeSpan.Zero, _clock, cancellationToken);

    private async Task<bool> HasAllColumnsAsync(string profileId, CancellationToken cancellationToken)
    {
        try
        {
            return (await _client.GetPlanAsync(profileId, cancellationToken)).TargetChanges.IsEmpty;
        }
        catch (DataExportException)
        {
            // The environment is still asking for quiet.
            return false;
        }
    }

    private async Task WaitForDeltaSyncAsync(string profileId, CancellationToken cancellationToken)
    {
        while (true)
        {
            var profile = await _patience.AskAsync(
                token => _client.GetProfileAsync(profileId, withStatus: true, token), cancellationToken);
            if (profile.Report?.Status is ProfileStatus.DeltaSync)
            {
                return;
            }

            RequireSound(profile);
            await Task.Delay(_rest, _clock, cancellationToken);
        }
    }

    private static void RequireSound(ProfileView profile)
    {
        var table = profile.Report?.Tables.FirstOrDefault(table => table.Phase is TableSyncPhase.Faulted);
        if (table is not null || profile.Report?.Status is ProfileStatus.Faulted)
        {
            throw new RunException(
                $"The profile is faulted: {table?.Table} {table?.Message ?? profile.Report?.Message}");
        }
    }

    /// <summary>
    /// With chaos, the silo is killed once more while it has everything to do that the last window brought.
    /// </summary>
    private async Task WaitForOneMoreKillAsync(CancellationToken cancellationToken)
    {
        var kills = _chaos.Kills;
        while (_options.Chaos && _chaos.Kills == kills && _environment.ReadBacklog() > 0)
        {
            await Task.Delay(_rest, _clock, cancellationToken);
        }
    }

    private async Task WaitForEmptyQueueAsync(CancellationToken cancellationToken)
    {
        while (_environment.ReadBacklog() > 0)
        {
            _patience.RequireAlive();
            await Task.Delay(_rest, _clock, cancellationToken);
        }
    }

    private async Task<OnceResult> CompareAsync(OnceTimes times, CancellationToken cancellationToken)
    {
        // Stopped first: what counts is what stands in the file when the silo is gone.
        if (!await _silo.StopAsync(_stopPatience))
        {
            _log.WriteLine($"The silo did not stop within {_stopPatience.TotalSeconds} s and was killed.");
        }

        _log.WriteLine("Comparing all columns of all tables.");
        var comparison = DatabaseComparison.Run(
            _environment.Sandbox,
            _tables,
            (_directory.DatabaseFile, ExportSetup.Prefix),
            _options.DifferencesShown,
            cancellationToken);
        Differences = comparison.First;
        var latency = _environment.Bus.GetLatency(ExportSetup.Queue);
        return new OnceResult
        {
            Rows = times.Rows,
            Changes = _options.Changes,
            Differences = comparison.Differences,
            Seconds = Math.Round(times.Total.TotalSeconds, 3),
            ChangesPerSecond = times.ChangesPerSecond,
            InitialRowsPerSecond = times.InitialRowsPerSecond,
            LatencyMsP50 = latency.P50Milliseconds,
            LatencyMsP99 = latency.P99Milliseconds,
            Uncertain = _figures.Uncertain,
            FetchRequests = _environment.Host.Counters.FetchRequests,
            ProvisionalLeft = comparison.ProvisionalRows,
            Failed = FailedRecords.Count(_directory.SiloDirectory)
                + _environment.Bus.GetQueueCounts(ExportSetup.Queue).DeadLettered,
            PeakMemoryMiB = Math.Round(_figures.PeakMemoryBytes / 1048576.0, 1),
            RequestsInsideRetryAfter = _environment.Host.RequestsInsideRetryAfter,
            BudgetUsedPercent = Math.Round(_figures.BudgetUsedPercent, 1),
            PagesRepeated = _environment.Host.PagesRepeated,
            FullResyncs = _environment.Host.FullResyncs,
            Seed = _options.Seed,
            Kills = _chaos.Kills,
        };
    }
}
