using System.Collections.Concurrent;
using DataExport.ServiceBus;
using DataExport.Silo.Hosting;
using Microsoft.Extensions.Options;

namespace DataExport.Silo.Pulling;

/// <summary>Keeps one pulling agent for each active profile, and wakes the profiles after a start.</summary>
internal sealed partial class PullingAgents(
    IGrainFactory grains,
    ProfileRuntimes runtimes,
    IOptions<PullingAgentOptions> options,
    TimeProvider clock,
    ILoggerFactory loggers,
    ILogger<PullingAgents> logger) : BackgroundService
{
    // A silo that died takes its table loops with it; another one finds them missing within this time.
    private static readonly TimeSpan s_resumeInterval = TimeSpan.FromSeconds(30);

    // A profile that takes longer is looked at on, but keeps neither the others nor a stop waiting.
    private static readonly TimeSpan s_lookPatience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, RunningAgent> _agents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task> _looks = new(StringComparer.Ordinal);
    private long _resumedAt;

    /// <summary>Whether the profiles were looked at once: the silo then does all it should.</summary>
    public bool HasLooked { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
                HasLooked = true;
            }
            catch (Exception exception)
            {
                // The next look tries again. The agents that run go on.
                LogLookFailed(exception);
            }

            await Task.Delay(options.Value.ProfilesInterval, clock, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(_agents.Values.Select(static agent => agent.StopAsync()));
        await runtimes.StopWaitingAsync();
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        var resumes = !HasLooked || clock.GetElapsedTime(_resumedAt) >= s_resumeInterval;
        _resumedAt = resumes ? clock.GetTimestamp() : _resumedAt;
        var ids = await grains.GetGrain<IProfileDirectoryGrain>(IProfileDirectoryGrain.Key).GetProfilesAsync()
            .WaitAsync(stopping);
        foreach (var id in ids.Union(_agents.Keys))
        {
            if (!_looks.TryGetValue(id, out var look) || look.IsCompleted)
            {
                _looks[id] = LookAsync(id, resumes, stopping);
            }
        }

        _ = await Task.WhenAny(Task.WhenAll(_looks.Values), Task.Delay(s_lookPatience, clock, stopping));
        foreach (var gone in _looks.Keys.Except(ids).Where(id => _looks[id].IsCompleted).ToArray())
        {
            _ = _looks.Remove(gone);
        }
    }

    private async Task LookAsync(string id, bool resumes, CancellationToken stopping)
    {
        try
        {
            var profile = grains.GetGrain<IExportProfileGrain>(id);
            if (resumes)
            {
                await profile.ResumeAsync();
            }

            var route = await profile.GetRouteAsync();
            if (route is null)
            {
                if (await StopAsync(id) is { } runtime)
                {
                    // What grains of this silo had opened; one of a later activation stays open.
                    await runtimes.CloseAsync(runtime);
                }
            }
            else if (!stopping.IsCancellationRequested)
            {
                await KeepRunningAsync(route);
            }
        }
        catch (Exception exception)
        {
            // One profile's trouble must not hold up the others.
            LogProfileFailed(exception, id);
        }
    }

    private async Task KeepRunningAsync(ProfileRoute route)
    {
        var runtime = await runtimes.OpenAsync(route);
        if (_agents.TryGetValue(route.Profile.Id, out var agent))
        {
            if (agent.IsRunning && ReferenceEquals(agent.Runtime, runtime))
            {
                return;
            }

            // Activated anew between two looks, or ended by what nobody foresaw.
            _ = await StopAsync(route.Profile.Id);
        }

        Start(route, runtime);
    }

    private void Start(ProfileRoute route, ProfileRuntime runtime)
    {
        var connection = ServiceBusConnectionStringProperties.Parse(route.Profile.NotificationConnection!);
        var client = new ServiceBusClient(connection, new ServiceBusClientOptions(), clock, loggers);
        var receiver = client.CreateReceiver(connection.EntityPath!);
        var agent = new NotificationPullingAgent(
            receiver, runtime, grains, options.Value, clock, loggers.CreateLogger<NotificationPullingAgent>());
        _agents[route.Profile.Id] = RunningAgent.Start(agent, runtime, client);
        LogStarted(route.Profile.Id, connection.EntityPath!);
    }

    private async Task<ProfileRuntime?> StopAsync(string id)
    {
        if (_agents.TryRemove(id, out var agent))
        {
            if (await agent.StopAsync() is { } exception)
            {
                LogAgentFailed(exception, id);
            }

            LogStopped(id);
            return agent.Runtime;
        }

        return null;
    }

    [LoggerMessage(LogLevel.Error, "Profile {Profile}: pulling was ended by a fault, it begins anew")]
    private partial void LogAgentFailed(Exception exception, string profile);

    [LoggerMessage(LogLevel.Information, "Profile {Profile}: pulling from '{Queue}'")]
    private partial void LogStarted(string profile, string queue);

    [LoggerMessage(LogLevel.Information, "Profile {Profile}: pulling has stopped")]
    private partial void LogStopped(string profile);

    [LoggerMessage(LogLevel.Warning, "Profile {Profile}: cannot run here now, it will be tried again")]
    private partial void LogProfileFailed(Exception exception, string profile);

    [LoggerMessage(LogLevel.Warning, "The profiles could not be looked at, it will be tried again")]
    private partial void LogLookFailed(Exception exception);
}
