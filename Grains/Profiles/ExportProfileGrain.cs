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
        await state.WriteStateAsync();
        LogStatus(Id, ProfileStatus.Created);
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
            await BeginAsync(await activation.DescribeAsync(profile, CancellationToken.None));
        }
        catch (Exception exception) when (exception is not ProfileException)
        {
            await EnterAsync(ProfileStatus.Faulted, exception.Message);
            throw new ProfileException($"Profile '{profile.Name}' cannot be activated: {exception.Message}", exception);
        }
        catch (ProfileException refused)
        {
            await EnterAsync(ProfileStatus.Faulted, refused.Message);
            throw;
        }

        return RequireProfile();
    }

    /// <inheritdoc/>
    public async Task<ExportProfile> DeactivateAsync()
    {
        var profile = RequireProfile();
        if (state.State.Status is ProfileStatus.Created or ProfileStatus.Deactivated)
        {
            return profile;
        }

        await EnterAsync(ProfileStatus.Deactivating);
        await activation.StopAsync(profile, state.State.Tables);
        await EnterAsync(ProfileStatus.Deactivated);
        return profile;
    }

    /// <inheritdoc/>
    public async Task DeleteAsync()
    {
        if (state.State.Profile is null)
        {
            return;
        }

        _ = await DeactivateAsync();
        await Directory.RemoveAsync(Id);
        await state.ClearStateAsync();
        LogStatus(Id, ProfileStatus.Deleted);
        DeactivateOnIdle();
    }

    /// <inheritdoc/>
    public async Task ResumeAsync()
    {
        switch (state.State.Status)
        {
            case ProfileStatus.Activating when state.State.Profile is not null:
                _ = await ActivateAsync();
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
    public Task<ProfileRoute?> GetRouteAsync() => Task.FromResult(
        state.State.Profile is { } profile && ProfileLifecycle.IsActive(state.State.Status)
            ? new ProfileRoute(profile, state.State.Tables)
            : null);

    private async Task BeginAsync(SourceDescription source)
    {
        var profile = RequireProfile() with
        {
            OrganizationId = source.OrganizationId,
            ActivationTime = clock.GetUtcNow().UtcDateTime,
        };
        _ = await runtimes.OpenAsync(profile, source.Tables, CancellationToken.None);
        state.State.Profile = profile;
        state.State.Tables = source.Tables;
        await EnterAsync(ProfileStatus.InitialSync);
        await activation.StartAsync(profile, source.Tables, CancellationToken.None);
    }

    private async Task EnterAsync(ProfileStatus next, string? message = null)
    {
        if (!ProfileLifecycle.MayFollow(state.State.Status, next))
        {
            throw new ProfileException($"Profile '{Id}' is {state.State.Status} and cannot become {next}.");
        }

        state.State.Status = next;
        state.State.Message = message;
        await state.WriteStateAsync();
        LogStatus(Id, next);
    }

    private ExportProfile RequireProfile() => state.State.Profile
        ?? throw new ProfileException($"Profile '{Id}' does not exist. List the profiles for the ids that do.");

    [LoggerMessage(LogLevel.Information, "Profile {Profile} is now {Status}")]
    private partial void LogStatus(string profile, ProfileStatus status);
}
