using DataExport.Grains.Loops;
using DataExport.Grains.Ports;
using DataExport.Grains.Profiles;
using DataExport.Grains.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DataExport.Grains.Metadata;

/// <summary>
/// Looks at the number that grows with every change of metadata, and describes the tables when it has. On the way it
/// looks whether the environment is still the one that it was.
/// </summary>
/// <remarks>
/// The number is one for the whole environment, so most changes concern no table of the profile: whether one does, the
/// profile decides by comparing. It is stored with the activation that it was seen in: a restart describes nothing
/// anew.
/// </remarks>
internal sealed partial class MetadataGrain(
    [PersistentState("metadata", ProfileNames.Storage)] IPersistentState<MetadataState> state,
    ISourceEnvironmentFactory sources,
    IProfileRuntimes runtimes,
    IOptions<MetadataOptions> options,
    IOptions<TableSyncOptions> syncOptions,
    TimeProvider clock,
    ILogger<MetadataGrain> logger) : Grain, IMetadataGrain
{
    private static readonly TimeSpan s_stay = TimeSpan.FromDays(1);

    private readonly GrainLoop _loop = new(clock);
    private DateTime? _watchedSince;
    private string? _message;

    private string ProfileId => this.GetPrimaryKeyString();

    private IExportProfileGrain Profile => GrainFactory.GetGrain<IExportProfileGrain>(ProfileId);

    /// <inheritdoc/>
    public async Task StartAsync(ExportProfile profile)
    {
        if (_loop.IsRunning && _watchedSince == profile.ActivationTime)
        {
            return;
        }

        await _loop.StopAsync();
        (_watchedSince, _message) = (profile.ActivationTime, null);
        _loop.Start(stopping => RunAsync(profile, stopping));
    }

    /// <inheritdoc/>
    public async Task StopAsync()
    {
        await _loop.StopAsync();
        _message = null;
        DeactivateOnIdle();
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        _loop.StopAsync();

    /// <inheritdoc/>
    public Task<string?> GetMessageAsync() => Task.FromResult(_message);

    private async Task RunAsync(ExportProfile profile, CancellationToken stopping)
    {
        await using var source = sources.Open(profile);
        var setBack = new SetBackLook(source, GrainFactory);
        await _loop.RepeatAsync(
            async () =>
            {
                DelayDeactivation(s_stay);
                if (await IsStillTheSameAsync(source, setBack, stopping) is { } route)
                {
                    await LookAsync(source, route, stopping);
                }
            },
            options.Value.LookInterval,
            Fail,
            stopping);
    }

    /// <summary>Replication goes on with the tables as they were.</summary>
    private TimeSpan Fail(Exception exception, int failuresBefore)
    {
        LogLookFailed(exception, ProfileId);
        _message = $"Whether the environment's metadata changed cannot be told now: {exception.Message}";
        return RetryBackoff.DelayAfter(exception, failuresBefore, syncOptions.Value);
    }

    /// <summary>
    /// What the profile is served by, if its environment is the one that it was; else the profile is stopped.
    /// </summary>
    private async Task<ProfileRoute?> IsStillTheSameAsync(
        ISourceEnvironment source, SetBackLook setBack, CancellationToken stopping)
    {
        var route = await Profile.GetRouteAsync().WaitAsync(stopping);
        if (route is null || route.Tables.IsEmpty)
        {
            return null;
        }

        // Neither stop is waited for beyond the stop of this loop that it brings.
        var organization = await source.GetOrganizationIdAsync(stopping);
        if (organization != route.Profile.OrganizationId)
        {
            await Profile.LeaveOrganizationAsync(organization).WaitAsync(stopping);
            return null;
        }

        if (await FindSetBackAsync(setBack, stopping) is { } evidence)
        {
            await Profile.LeaveLaterStateAsync(evidence).WaitAsync(stopping);
            return null;
        }

        return route;
    }

    private async Task<string?> FindSetBackAsync(SetBackLook setBack, CancellationToken stopping)
    {
        try
        {
            return await setBack.LookAsync(await runtimes.GetAsync(ProfileId, stopping), stopping);
        }
        catch (Exception exception) when (exception is TargetUnavailableException or ObjectDisposedException)
        {
            // The profile's report says that the target is away; the next look tells.
            return null;
        }
    }

    private async Task LookAsync(ISourceEnvironment source, ProfileRoute route, CancellationToken stopping)
    {
        var profile = route.Profile;
        var version = await source.GetMetadataVersionAsync(route.Tables[0], stopping);
        var seen = state.State;
        if (version is not null && version == seen.Version && seen.ActivationTime == profile.ActivationTime)
        {
            _message = seen.Message;
            return;
        }

        var description = await TableDescriptions.ReadAsync(source, profile, route.Tables, stopping);

        // Not waited for beyond a stop, or a deactivation that holds the profile would wait for this, and this for it.
        await Profile.ChangeTablesAsync(description.Tables).WaitAsync(stopping);
        state.State = new MetadataState
        {
            Version = version,
            ActivationTime = profile.ActivationTime,
            Message = description.Message,
        };
        await state.WriteStateAsync(stopping);
        _message = description.Message;
    }

    [LoggerMessage(LogLevel.Warning, "Profile {Profile}: the look at metadata failed, it will be tried again")]
    private partial void LogLookFailed(Exception exception, string profile);
}
