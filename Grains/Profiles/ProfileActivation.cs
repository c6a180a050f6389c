using System.Collections.Immutable;
using DataExport.Grains.Budget;
using DataExport.Grains.Metadata;
using DataExport.Grains.Ports;

namespace DataExport.Grains.Profiles;

/// <summary>What the source says of a profile's tables.</summary>
internal sealed record SourceDescription(Guid OrganizationId, ImmutableArray<TableDefinition> Tables);

/// <summary>The steps of activating and deactivating a profile, over source, target and the other grains.</summary>
internal sealed class ProfileActivation(
    ISourceEnvironmentFactory sources,
    ITargetFactory targets,
    IProfileRuntimes runtimes,
    IGrainFactory grains)
{
    /// <summary>Asks the source for its organization and the profile's tables.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="accepted">Another organization than the profile names that will do, too.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ProfileException">The organization is another one than the profile names.</exception>
    public async Task<SourceDescription> DescribeAsync(
        ExportProfile profile, Guid? accepted, CancellationToken cancellationToken)
    {
        await using var source = sources.Open(profile);
        var organization = await source.GetOrganizationIdAsync(cancellationToken);
        var isKnown = profile.OrganizationId == Guid.Empty || profile.OrganizationId == organization;
        if (!isKnown && accepted != organization)
        {
            throw new ProfileException(
                $"Profile '{profile.Name}' names organization {profile.OrganizationId}, but '{profile.SourceUrl}' is "
                + $"{organization}. Correct OrganizationId or SourceUrl.");
        }

        return new SourceDescription(
            organization, await TableDescriptions.ReadAsync(source, profile, cancellationToken));
    }

    /// <summary>What describing, provisioning and registering would come to. Changes nothing.</summary>
    public async Task<ProfilePlan> PlanAsync(ExportProfile profile, CancellationToken cancellationToken)
    {
        var source = await DescribeAsync(profile, accepted: null, cancellationToken);
        await using var target = targets.Open(profile);
        var plan = await target.PlanAsync(source.Tables, cancellationToken);
        return new ProfilePlan
        {
            Profile = profile.Name,
            Tables = [.. source.Tables.Select(table => new TablePlan(table.Name, table.Columns.Length)
            {
                Notes = TableNotes.Of(table, profile),
            })],
            TargetChanges = [.. plan.Changes],
            TargetWarnings = [.. plan.Warnings],
            Registration = IsRegistered(profile)
                ? await Registration(profile).PlanAsync(new ProfileRoute(profile, source.Tables))
                : null,
        };
    }

    /// <summary>Has the environment post what the profile needs. Idempotent.</summary>
    public Task RegisterAsync(ExportProfile profile, ImmutableArray<TableDefinition> tables) => IsRegistered(profile)
        ? Registration(profile).ApplyAsync(new ProfileRoute(profile, tables))
        : Task.CompletedTask;

    /// <summary>Removes what was registered for the profile, if anything was. Idempotent.</summary>
    /// <returns>What had to stay and how to remove it, or <see langword="null"/>.</returns>
    public Task<string?> UnregisterAsync(ExportProfile profile, ImmutableArray<TableDefinition> tables) =>
        IsRegistered(profile)
            ? Registration(profile).RemoveAsync(new ProfileRoute(profile, tables))
            : Task.FromResult<string?>(null);

    /// <summary>
    /// Has the target take over tables of which no column came, went or changed its type: what runs goes on.
    /// </summary>
    public async Task ProvisionAsync(
        ExportProfile profile, ImmutableArray<TableDefinition> before, ImmutableArray<TableDefinition> tables)
    {
        var runtime = await runtimes.OpenAsync(profile, before, CancellationToken.None);
        _ = await runtime.Target.ProvisionAsync(tables, CancellationToken.None);
    }

    /// <summary>
    /// Has the target take over tables whose columns are others. What reads the old ones is stopped first, or it would
    /// meet a closed target; <see cref="StartAsync"/> lets it go on.
    /// </summary>
    public async Task ReplaceAsync(
        ExportProfile profile, ImmutableArray<TableDefinition> before, ImmutableArray<TableDefinition> tables)
    {
        await runtimes.StopWaitingAsync(profile.Id);
        foreach (var table in before)
        {
            await TableSync(profile, table).PauseAsync();
        }

        _ = await runtimes.OpenAsync(profile, tables, CancellationToken.None);
        await RegisterAsync(profile, tables);
    }

    /// <summary>Starts everything that an active profile runs. Idempotent.</summary>
    public async Task StartAsync(
        ExportProfile profile, ImmutableArray<TableDefinition> tables, CancellationToken cancellationToken)
    {
        _ = await runtimes.OpenAsync(profile, tables, cancellationToken);
        await Organization(profile).RegisterAsync(profile.Id);
        foreach (var table in tables)
        {
            await TableSync(profile, table).StartAsync();
        }

        await Confirm(profile).StartAsync();
        await Metadata(profile).StartAsync(profile);
        if (IsRegistered(profile))
        {
            await Registration(profile).StartAsync(new ProfileRoute(profile, tables));
        }
    }

    /// <summary>Stops everything that an active profile runs. Idempotent.</summary>
    public async Task StopAsync(ExportProfile profile, ImmutableArray<TableDefinition> tables)
    {
        await Organization(profile).UnregisterAsync(profile.Id);
        await Metadata(profile).StopAsync();
        if (IsRegistered(profile))
        {
            await Registration(profile).StopAsync();
        }

        // A loop that waits for a target that is away would otherwise not end before that is back.
        await runtimes.StopWaitingAsync(profile.Id);
        await grains.GetGrain<IReconcileGrain>(profile.Id).StopAsync();
        await Confirm(profile).StopAsync();
        foreach (var table in tables)
        {
            await TableSync(profile, table).StopAsync();
        }

        await runtimes.CloseAsync(profile.Id);
    }

    /// <summary>One delta sync of every table, then all questions.</summary>
    public async Task SyncNowAsync(
        ExportProfile profile, ImmutableArray<TableDefinition> tables, CancellationToken cancellationToken)
    {
        var deltas = Task.WhenAll(tables.Select(
            table => TableSync(profile, table).DeltaNowAsync(cancellationToken)));

        // A table in trouble is told in the end; the questions of all are asked first.
        await deltas.ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await Confirm(profile).ConfirmNowAsync(cancellationToken);
        await deltas;
    }

    /// <summary>How an active profile does.</summary>
    public async Task<ProfileReport> ReportAsync(
        ExportProfile profile, ImmutableArray<TableDefinition> tables, CancellationToken cancellationToken)
    {
        var (pending, failed, fault) = await ReadFiguresAsync(profile, tables, cancellationToken);
        var reports = await Task.WhenAll(tables.Select(table => TableSync(profile, table).GetReportAsync()));
        for (var index = 0; index < reports.Length; index++)
        {
            reports[index] = reports[index] with { Pending = pending.GetValueOrDefault(reports[index].Table) };
        }

        var registration = IsRegistered(profile) ? await Registration(profile).GetReportAsync() : null;
        return new ProfileReport
        {
            Status = ProfileLifecycle.StatusOf(reports),
            Message = fault ?? await Metadata(profile).GetMessageAsync()
                ?? await Confirm(profile).GetMessageAsync() ?? MessageOf(reports) ?? registration?.Message,
            Registration = registration,
            Tables = [.. reports],
            FailedRecords = failed,
            Pending = pending.Values.Sum(),
            Source = await Budget(profile).GetReportAsync(),
        };
    }

    /// <summary>What the target and the failure log say. A target that is away is no reason not to report.</summary>
    private async Task<(IReadOnlyDictionary<string, long> Pending, long Failed, string? Fault)> ReadFiguresAsync(
        ExportProfile profile, ImmutableArray<TableDefinition> tables, CancellationToken cancellationToken)
    {
        var failed = 0L;
        try
        {
            var runtime = await runtimes.OpenAsync(profile, tables, cancellationToken);
            failed = runtime.FailedRecords.Count;
            return (await runtime.Target.CountPendingAsync(cancellationToken), failed, null);
        }
        catch (Exception exception) when (exception is TargetUnavailableException or TargetRefusedException)
        {
            return (ImmutableDictionary<string, long>.Empty, failed, $"The target is away: {exception.Message}");
        }
    }

    private static string? MessageOf(TableReport[] reports) =>
        Array.Find(reports, static report => report.Message is not null) is { } hindered
            ? $"Table '{hindered.Table}': {hindered.Message}"
            : null;

    private static bool IsRegistered(ExportProfile profile) =>
        !string.IsNullOrWhiteSpace(profile.RegistrationConnection);

    private IRegistrationGrain Registration(ExportProfile profile) =>
        grains.GetGrain<IRegistrationGrain>(profile.Id);

    private IOrganizationGrain Organization(ExportProfile profile) =>
        grains.GetGrain<IOrganizationGrain>(profile.OrganizationId.ToString("N"));

    private ITableSyncGrain TableSync(ExportProfile profile, TableDefinition table) =>
        grains.GetGrain<ITableSyncGrain>($"{profile.Id}/{table.Name}");

    private IMetadataGrain Metadata(ExportProfile profile) => grains.GetGrain<IMetadataGrain>(profile.Id);

    private ISourceBudgetGrain Budget(ExportProfile profile) =>
        grains.GetGrain<ISourceBudgetGrain>(GrainSourceBudgets.KeyOf(new Uri(profile.SourceUrl).Authority));

    private IConfirmGrain Confirm(ExportProfile profile) => grains.GetGrain<IConfirmGrain>(profile.Id);
}
