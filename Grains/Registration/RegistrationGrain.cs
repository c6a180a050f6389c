using DataExport.Grains.Loops;
using DataExport.Grains.Ports;
using DataExport.Grains.Profiles;
using DataExport.Grains.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DataExport.Grains.Registration;

/// <summary>
/// Registers what a profile's environment posts and keeps it so. That something may be created is stored before it is,
/// so that a crash in between leaves nothing that nobody knows of.
/// </summary>
internal sealed partial class RegistrationGrain(
    [PersistentState("registration", ProfileNames.Storage)] IPersistentState<RegistrationState> state,
    ISourceRegistrationFactory sources,
    IOptions<RegistrationOptions> options,
    IOptions<TableSyncOptions> syncOptions,
    TimeProvider clock,
    ILogger<RegistrationGrain> logger) : Grain, IRegistrationGrain
{
    private static readonly TimeSpan s_stay = TimeSpan.FromDays(1);

    private readonly GrainLoop _loop = new(clock);
    private DateTime? _watchedSince;
    private RegistrationReport? _report;

    private string ProfileId => this.GetPrimaryKeyString();

    /// <inheritdoc/>
    public async Task ApplyAsync(ProfileRoute route)
    {
        await _loop.StopAsync();
        if (RequestOf(route) is not { } request)
        {
            return;
        }

        await using var source = sources.OpenRegistration(route.Profile);
        await ApplyAsync(source, request, CancellationToken.None);
    }

    /// <inheritdoc/>
    public async Task StartAsync(ProfileRoute route)
    {
        if (RequestOf(route) is null || (_loop.IsRunning && _watchedSince == route.Profile.TablesSince))
        {
            return;
        }

        // A loop of an earlier activation would keep up what that wanted.
        await _loop.StopAsync();
        (_watchedSince, _report) = (route.Profile.TablesSince, null);
        _loop.Start(stopping => RunAsync(route, stopping));
    }

    /// <inheritdoc/>
    public async Task StopAsync()
    {
        await _loop.StopAsync();
        _report = null;
        DeactivateOnIdle();
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        _loop.StopAsync();

    /// <inheritdoc/>
    public async Task<string?> RemoveAsync(ProfileRoute route)
    {
        await _loop.StopAsync();
        if (!state.State.MayBeRegistered || RequestOf(route) is not { } request)
        {
            return null;
        }

        try
        {
            using var timeout = new CancellationTokenSource(options.Value.RemoveTimeout, clock);
            await using var source = sources.OpenRegistration(route.Profile);
            var left = await source.RemoveAsync(request, timeout.Token);
            if (left.Count > 0)
            {
                return string.Join(' ', left);
            }
        }
        catch (Exception exception) when (exception is SourceException or OperationCanceledException)
        {
            // A source that is away for good must not keep its profile for ever.
            LogNotRemoved(exception, ProfileId);
            return LeftBehind(exception);
        }

        await state.ClearStateAsync();
        LogRemoved(ProfileId);
        return null;
    }

    /// <inheritdoc/>
    public async Task<RegistrationPlanView> PlanAsync(ProfileRoute route)
    {
        if (RequestOf(route) is not { } request)
        {
            return new RegistrationPlanView();
        }

        await using var source = sources.OpenRegistration(route.Profile);
        return await ToldAsync(async () =>
        {
            var plan = await source.PlanAsync(request, CancellationToken.None);
            return new RegistrationPlanView
            {
                Changes = [.. plan.Changes],
                Reused = [.. plan.Reused],
                Warnings = [.. plan.Warnings],
            };
        });
    }

    /// <inheritdoc/>
    public Task<RegistrationReport?> GetReportAsync() => Task.FromResult(_report);

    private RegistrationRequest? RequestOf(ProfileRoute route) =>
        RegistrationRequests.Of(route.Profile, route.Tables, state.State.Created);

    private async Task ApplyAsync(
        ISourceRegistration source, RegistrationRequest request, CancellationToken cancellationToken)
    {
        if (!state.State.MayBeRegistered)
        {
            state.State.MayBeRegistered = true;
            await state.WriteStateAsync(cancellationToken);
        }

        var result = await source.ApplyAsync(request, cancellationToken);
        Log(result.Done);
        state.State.Created = result.Created;

        // Not cancelled by a stop: what has been created is worth knowing.
        await state.WriteStateAsync(CancellationToken.None);
    }

    private async Task RunAsync(ProfileRoute route, CancellationToken stopping)
    {
        await using var source = sources.OpenRegistration(route.Profile);
        await _loop.RepeatAsync(
            async () =>
            {
                DelayDeactivation(s_stay);
                await CheckAsync(source, route, stopping);
            },
            options.Value.CheckInterval,
            Fail,
            stopping);
    }

    /// <summary>Until the next look the report says that nobody looks.</summary>
    private TimeSpan Fail(Exception exception, int failuresBefore)
    {
        LogCheckFailed(exception, ProfileId);
        var message = $"Whether the environment posts changes cannot be told now: {exception.Message}";
        _report = (_report ?? new RegistrationReport()) with { Message = message };
        return RetryBackoff.DelayAfter(exception, failuresBefore, syncOptions.Value);
    }

    /// <summary>Looks, mends, and has the tables catch up with what was not posted meanwhile.</summary>
    private async Task CheckAsync(ISourceRegistration source, ProfileRoute route, CancellationToken stopping)
    {
        var request = RequestOf(route)!;
        var before = _report ?? new RegistrationReport();
        var since = route.Profile.ActivationTime ?? clock.GetUtcNow().UtcDateTime;
        var (plan, failed) = await source.CheckAsync(request, since, stopping);
        var report = before with
        {
            CheckedOn = clock.GetUtcNow().UtcDateTime,
            FailedPosts = failed.Count,
            NewestFailedPostOn = failed.NewestOn,
            Message = null,
        };
        if (plan.Changes.Count > 0)
        {
            // Told before it is mended: what cannot be mended must be known, too.
            LogDrift(ProfileId, plan.Changes.Count, plan.Changes[0]);
            _report = report with { Drift = [.. plan.Changes], Message = Drifted(plan) };
            await ApplyAsync(source, request, stopping);
            report = report with { Drift = [.. plan.Changes], MendedOn = clock.GetUtcNow().UtcDateTime };
        }

        var areNew = failed.NewestOn is { } newest && !(before.NewestFailedPostOn >= newest);
        if (areNew)
        {
            LogFailedPosts(ProfileId, failed.Count, failed.NewestOn!.Value);
        }

        _report = report;
        if (plan.Changes.Count > 0 || areNew)
        {
            await CatchUpAsync(route, stopping);
        }
    }

    /// <summary>A delta of every table: their changes were not posted.</summary>
    private async Task CatchUpAsync(ProfileRoute route, CancellationToken stopping)
    {
        var deltas = Task.WhenAll(route.Tables.Select(table =>
            GrainFactory.GetGrain<ITableSyncGrain>($"{ProfileId}/{table.Name}").DeltaNowAsync(stopping)));
        try
        {
            await deltas;
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            // Whatever it was: a table in trouble says so itself, and its delta comes again on its own schedule.
            LogNotCaughtUp(exception, ProfileId);
        }
    }

    private static string Drifted(RegistrationPlan plan) => plan.Changes.Count == 1
        ? $"The environment does not post what it should, which is being mended: {plan.Changes[0]}"
        : $"The environment does not post what it should, which is being mended: {plan.Changes[0]} "
            + $"And {plan.Changes.Count - 1} more.";

    private string LeftBehind(Exception exception) =>
        $"What was registered in the environment could not be removed: {exception.Message} Deactivate again to try "
        + "again, or remove by hand the steps and the service endpoint whose names begin with "
        + $"'DataExport {ProfileId}'.";

    private static async Task<T> ToldAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (SourceException exception)
        {
            throw new ProfileException($"What is registered cannot be told: {exception.Message}", exception);
        }
    }
}
