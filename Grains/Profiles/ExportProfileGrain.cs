using System.Collections.Immutable;
using DataExport.Grains.Ports;
using Microsoft.Extensions.Logging;

namespace DataExport.Grains.Profiles;

/// <summary>
/// Leads one profile through its life. Each step is stored before it begins, so that a crash repeats it.
/// </summary>
internal sealed partial class ExportProfileGrain(
    [PersistentState("profile", ProfileNames.Storage)] IPersistentState<ProfileState> state,
    ProfileActivation activation,
    IProfileRuntimes runtimes,
    IProfileChanges changes,
    TimeProvider clock,
    ILogger<ExportProfileGrain> logger) : Grain, IExportProfileGrain
{
    private string Id => this.GetPrimaryKeyString();

    private IProfileDirectoryGrain Directory =>
        GrainFactory.GetGrain<IProfileDirectoryGrain>(IProfileDirectoryGrain.Key);

    /// <inheritdoc/>
    public async Task<ExportProfile> CreateAsync(ExportProfile profile)
    {
        if (state.State.Profile is not null)
        {
            throw new ProfileException($"Profile '{Id}' exists already. Delete it first, or create another.");
        }

        await Directory.AddAsync(Id, profile.Name);
        state.State.Profile = profile with { Id = Id, CreationTime = clock.GetUtcNow().UtcDateTime };
        state.State.Status = ProfileStatus.Created;
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            state.State.Profile = null;
            throw;
        }

        Tell(ProfileStatus.Created);
        return state.State.Profile;
    }

    /// <inheritdoc/>
    public Task<ExportProfile?> GetAsync() => Task.FromResult(state.State.Profile);

    /// <inheritdoc/>
    public async Task<ExportProfile> ActivateAsync()
    {
        var profile = RequireProfile();
        if (ProfileLifecycle.IsActive(state.State.Status))
        {
            return profile;
        }

        await EnterAsync(ProfileStatus.Activating);
        try
        {
            await PrepareAsync(profile);
        }
        catch (Exception exception)
        {
            await FailActivationAsync(exception.Message);
            LogNotActivated(exception, Id);
            throw exception is ProfileException
                ? exception
                : new ProfileException($"Profile '{profile.Name}' cannot be activated: {exception.Message}");
        }

        await StartAsync();
        return RequireProfile();
    }

    /// <inheritdoc/>
    public async Task<ExportProfile> DeactivateAsync()
    {
        var profile = RequireProfile();
        switch (state.State.Status)
        {
            case ProfileStatus.Created:
                break;

            case ProfileStatus.Deactivated:
                await RetryUnregisteringAsync(profile);
                break;

            default:
                await EnterAsync(ProfileStatus.Deactivating);
                await activation.StopAsync(profile, state.State.Tables);
                await EnterAsync(ProfileStatus.Deactivated, await UnregisterAsync(profile));
                break;
        }

        return profile;
    }

    /// <inheritdoc/>
    public async Task DeleteAsync()
    {
        if (state.State.Profile is null)
        {
            return;
        }

        // The name goes last: a crash before it leaves an entry without a profile, which the next resume takes away.
        _ = await DeactivateAsync();
        await state.ClearStateAsync();
        await Directory.RemoveAsync(Id);
        Tell(ProfileStatus.Deleted);
        DeactivateOnIdle();
    }

    /// <inheritdoc/>
    public async Task ResumeAsync()
    {
        switch (state.State.Status)
        {
            case var _ when state.State.Profile is null:
                // Creating or deleting stopped half way, and will not go on: no other call runs here meanwhile.
                await Directory.RemoveAsync(Id);
                DeactivateOnIdle();
                break;

            case ProfileStatus.Activating when state.State.Profile is { } profile:
                await ResumeActivationAsync(profile);
                break;

            case ProfileStatus.InitialSync or ProfileStatus.DeltaSync:
                await activation.StartAsync(RequireProfile(), state.State.Tables, CancellationToken.None);
                break;

            case ProfileStatus.Deactivating:
                _ = await DeactivateAsync();
                break;

            default:
                break;
        }
    }

    /// <inheritdoc/>
    public async Task<ProfileReport> GetReportAsync()
    {
        var report = new ProfileReport { Status = state.State.Status, Message = state.State.Message };
        if (!ProfileLifecycle.IsActive(report.Status))
        {
            return report;
        }

        return await activation.ReportAsync(RequireProfile(), state.State.Tables, CancellationToken.None);
    }

    /// <inheritdoc/>
    public Task SyncNowAsync(CancellationToken cancellationToken)
    {
        var profile = RequireProfile();
        return ProfileLifecycle.IsActive(state.State.Status)
            ? activation.SyncNowAsync(profile, state.State.Tables, cancellationToken)
            : throw new ProfileException($"Profile '{profile.Name}' is {state.State.Status}. Activate it first.");
    }

    /// <inheritdoc/>
    public async Task<ProfilePlan> PlanAsync()
    {
        var profile = RequireProfile();
        try
        {
            var plan = await activation.PlanAsync(profile, CancellationToken.None);
            return plan with { Status = (await GetReportAsync()).Status };
        }
        catch (Exception exception) when (exception is SourceException or TargetRefusedException
            or TargetUnavailableException)
        {
            throw new ProfileException($"Profile '{profile.Name}' cannot be planned: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public Task<ProfileRoute?> GetRouteAsync() => Task.FromResult(
        state.State.Profile is { } profile && ProfileLifecycle.IsActive(state.State.Status)
            ? new ProfileRoute(profile, state.State.Tables)
            : null);

    /// <summary>
    /// Goes on activating after a crash. Nobody waits for the answer, so what may pass by itself is no fault: the next
    /// resume tries again.
    /// </summary>
    private async Task ResumeActivationAsync(ExportProfile profile)
    {
        try
        {
            await PrepareAsync(profile);
        }
        catch (Exception exception) when (exception is TargetUnavailableException
            or SourceException { Fault: SourceFault.Unavailable or SourceFault.Throttled })
        {
            state.State.Message = exception.Message;
            throw;
        }
        catch (Exception exception)
        {
            await FailActivationAsync(exception.Message);
            throw;
        }

        await StartAsync();
    }

    /// <summary>Up to the point from which on the profile is active.</summary>
    private async Task PrepareAsync(ExportProfile created)
    {
        var source = await activation.DescribeAsync(
            created, state.State.FoundOrganizationId, CancellationToken.None);
        var profile = created with
        {
            OrganizationId = source.OrganizationId,
            ActivationTime = clock.GetUtcNow().UtcDateTime,
            SetBackOn = state.State.IsSetBack ? clock.GetUtcNow().UtcDateTime : created.SetBackOn,
        };
        _ = await runtimes.OpenAsync(profile, source.Tables, CancellationToken.None);

        // Before the first token: what changes after it must be posted, or the next delta would be the first to tell.
        await activation.RegisterAsync(profile, source.Tables);
        state.State.Profile = profile;
        state.State.Tables = source.Tables;
        state.State.FoundOrganizationId = null;
        state.State.IsSetBack = false;
        await EnterAsync(ProfileStatus.InitialSync);
    }

    private async Task StartAsync()
    {
        try
        {
            await activation.StartAsync(RequireProfile(), state.State.Tables, CancellationToken.None);
        }
        catch (Exception exception)
        {
            // The profile is active, and that is stored: the next resume starts what is missing.
            LogNotStarted(exception, Id);
        }
    }

    private async Task FailActivationAsync(string message)
    {
        await runtimes.CloseAsync(Id);

        // Nobody pulls now: what would be posted meanwhile would only fill the queue.
        var left = await UnregisterAsync(RequireProfile());
        await EnterAsync(ProfileStatus.Faulted, left is null ? message : $"{message} {left}");
    }

    private async Task EnterAsync(ProfileStatus next, string? message = null)
    {
        if (!ProfileLifecycle.MayFollow(state.State.Status, next))
        {
            throw new ProfileException($"Profile '{Id}' is {state.State.Status} and cannot become {next}.");
        }

        var (status, before) = (state.State.Status, state.State.Message);
        (state.State.Status, state.State.Message) = (next, message);
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            // What is not stored has not been entered.
            (state.State.Status, state.State.Message) = (status, before);
            throw;
        }

        Tell(next);
    }

    private void Tell(ProfileStatus entered)
    {
        LogStatus(Id, entered);
        changes.Tell(Id);
    }

    private ExportProfile RequireProfile() => state.State.Profile
        ?? throw new ProfileException($"Profile '{Id}' does not exist. List the profiles for the ids that do.");
}
