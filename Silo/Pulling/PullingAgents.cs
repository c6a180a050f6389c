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

    private readonly Dictionary<string, RunningAgent> _agents = new(StringComparer.Ordinal);
    private long _resumedAt;

    /// <summary>Whether the profiles were looked at once: the silo then does all it should.</summary>
    public bool HasLooked { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync();
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

    private async Task LookAsync()
    {
        var resumes = !HasLooked || clock.GetElapsedTime(_resumedAt) >= s_resumeInterval;
        _resumedAt = resumes ? clock.GetTimestamp() : _resumedAt;
        var ids = await grains.GetGrain<IProfileDirectoryGrain>(IProfileDirectoryGrain.Key).GetProfilesAsync();
        foreach (var id in ids)
        {
            await LookAsync(id, resumes);
        }

        foreach (var gone in _agents.Keys.Except(ids).ToArray())
        {
            await StopAsync(gone);
        }
    }

    private async Task LookAsync(string id, bool resumes)
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
                await StopAsync(id);
            }
            else if (!_agents.ContainsKey(id))
            {
                await StartAsync(route);
            }
        }
        catch (Exception exception)
        {
            // One profile's trouble must not hold up the others.
            LogProfileFailed(exception, id);
        }
    }

    private async Task StartAsync(ProfileRoute route)
    {
        var runtime = await runtimes.OpenAsync(route);
        var connection = ServiceBusConnectionStringProperties.Parse(route.Profile.NotificationConnection!);
        var client = new ServiceBusClient(connection, new ServiceBusClientOptions(), clock, loggers);
        var receiver = client.CreateReceiver(connection.EntityPath!);
        var agent = new NotificationPullingAgent(
            receiver, runtime, grains, options.Value, clock, loggers.CreateLogger<NotificationPullingAgent>());
        _agents.Add(route.Profile.Id, RunningAgent.Start(agent, client));
        LogStarted(route.Profile.Id, connection.EntityPath!);
    }

    private async Task StopAsync(string id)
    {
        if (_agents.Remove(id, out var agent))
        {
            await agent.StopAsync();
            await runtimes.CloseAsync(id);
            LogStopped(id);
        }
    }

    [LoggerMessage(LogLevel.Information, "Profile {Profile}: pulling from '{Queue}'")]
    private partial void LogStarted(string profile, string queue);

    [LoggerMessage(LogLevel.Information, "Profile {Profile}: pulling has stopped")]
    private partial void LogStopped(string profile);

    [LoggerMessage(LogLevel.Warning, "Profile {Profile}: cannot run here now, it will be tried again")]
    private partial void LogProfileFailed(Exception exception, string profile);

    [LoggerMessage(LogLevel.Warning, "The profiles could not be looked at, it will be tried again")]
    private partial void LogLookFailed(Exception exception);
}
