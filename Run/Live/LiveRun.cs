using DataExport.Client;
using DataExport.Run.Hosting;
using DataExport.Sandbox;

namespace DataExport.Run.Live;

/// <summary>A Sandbox, a silo and a profile between them, until somebody stops it.</summary>
internal sealed class LiveRun : IAsyncDisposable
{
    private static readonly TimeSpan _stopPatience = TimeSpan.FromSeconds(40);

    private readonly LiveOptions _options;
    private readonly DataDirectory _directory;
    private readonly SandboxEnvironment _environment;
    private readonly SiloProcess _silo;
    private readonly DataExportClient _client;
    private readonly TimeProvider _clock;

    private LiveRun(LiveOptions options, DataDirectory directory, SandboxEnvironment environment, TimeProvider clock)
    {
        (_options, _directory, _environment, _clock) = (options, directory, environment, clock);
        _silo = new SiloProcess(new SiloSettings(directory.SiloDirectory), clock);
        _client = new DataExportClient(_silo.Settings.Address, _silo.Settings.ApiKey, clock);
    }

    /// <summary>Starts the Sandbox; the silo follows with <see cref="RunAsync"/>.</summary>
    public static async Task<LiveRun> StartAsync(
        LiveOptions options, DataDirectory directory, TimeProvider clock, CancellationToken cancellationToken)
    {
        var settings = new SandboxSettings
        {
            Seed = options.Seed,
            Source = options.Source,
            Rows = options.Rows,
            Queues = [],
            RegisteredQueues = [ExportSetup.Queue],
        };
        var environment = await SandboxEnvironment.StartAsync(settings, clock, cancellationToken);
        return new LiveRun(options, directory, environment, clock);
    }

    /// <summary>How others ask the silo, such as <c>./run plan</c>.</summary>
    public SiloSettings Silo => _silo.Settings;

    /// <summary>Goes on until cancelled.</summary>
    public async Task RunAsync(IProgressView view, CancellationToken cancellationToken)
    {
        var patience = new Patience(_silo, mayBeKilled: false, _clock);
        _silo.Settings.WriteKeyFile();
        _silo.Start();
        await patience.WaitUntilReadyAsync(_client, cancellationToken);
        var tables = ExportSetup.TablesOf(_environment.Sandbox, _options.Tables);
        var profile = await _client.CreateProfileAsync(
            ExportSetup.ProfileOf(_environment, tables, _directory), cancellationToken);
        _ = await _client.ActivateAsync(profile.Id, cancellationToken);

        var generator = new ChangeGenerator(_environment.Sandbox, _options.Seed);
        var driver = new ChangeDriver(_environment, generator, _options.BacklogMax, _clock);
        var changes = _options.ChangesPerSecond > 0 ? long.MaxValue : 0;
        var driving = driver.RunAsync(changes, _options.ChangesPerSecond, cancellationToken);
        var reader = new ProgressReader(_client, profile.Id, _environment, driver, _clock);
        await view.ShowAsync(show => ShowAsync(reader, patience, show, cancellationToken));
        await driving;
    }

    /// <summary>Lets the silo end what is in flight, then ends the Sandbox.</summary>
    public async ValueTask DisposeAsync()
    {
        _ = await _silo.StopAsync(_stopPatience);
        _client.Dispose();
        await _environment.DisposeAsync();
    }

    private async Task ShowAsync(
        ProgressReader reader, Patience patience, Action<Progress> show, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                show(await patience.AskAsync(reader.ReadAsync, cancellationToken));
                await Task.Delay(_options.Interval, _clock, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped: the way this ends.
        }
    }
}
