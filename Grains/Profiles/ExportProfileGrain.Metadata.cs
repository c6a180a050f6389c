using System.Collections.Immutable;
using DataExport.Grains.Metadata;

namespace DataExport.Grains.Profiles;

// What the environment changes of an active profile.
internal sealed partial class ExportProfileGrain
{
    /// <inheritdoc/>
    public async Task ChangeTablesAsync(ImmutableArray<TableDefinition> tables)
    {
        var before = state.State.Tables;
        if (!ProfileLifecycle.IsActive(state.State.Status)
            || TableChanges.Between(before, tables) is not { Changed.IsEmpty: false } changes)
        {
            return;
        }

        var profile = RequireProfile();
        if (changes.IsReadAlike)
        {
            await activation.ProvisionAsync(profile, before, tables);
        }
        else
        {
            // The target adds the columns, and what it has read of those tables so far is read anew.
            profile = profile with { TablesChangedOn = clock.GetUtcNow().UtcDateTime };
            await ReplaceAsync(profile, before, tables);
        }

        await StoreTablesAsync(profile, tables);
        LogTablesChanged(Id, string.Join(", ", changes.Changed));
        await StartAsync();
    }

    private async Task ReplaceAsync(
        ExportProfile profile, ImmutableArray<TableDefinition> before, ImmutableArray<TableDefinition> tables)
    {
        try
        {
            await activation.ReplaceAsync(profile, before, tables);
        }
        catch
        {
            // What was stopped goes on with the tables as they were, in a new runtime; the next look tries again.
            await runtimes.CloseAsync(Id);
            await StartAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task LeaveOrganizationAsync(Guid found)
    {
        var profile = RequireProfile();
        if (!ProfileLifecycle.IsActive(state.State.Status) || profile.OrganizationId == found)
        {
            return;
        }

        state.State.FoundOrganizationId = found;
        await EnterAsync(
            ProfileStatus.Faulted,
            $"'{profile.SourceUrl}' is organization {found} now and was {profile.OrganizationId}: the environment was "
            + "reset, copied over, or its address was given to another. The target keeps what it has. Activate the "
            + "profile to compare it with the new organization and bring it in step.");
        await activation.StopAsync(profile, state.State.Tables);
    }

    /// <inheritdoc/>
    public async Task LeaveLaterStateAsync(string evidence)
    {
        var profile = RequireProfile();
        if (!ProfileLifecycle.IsActive(state.State.Status))
        {
            return;
        }

        state.State.IsSetBack = true;
        await EnterAsync(
            ProfileStatus.Faulted,
            $"The environment '{profile.SourceUrl}' was set back to an earlier state, such as a backup: {evidence} "
            + "The target keeps what it has. Activate the profile to compare it with the environment and bring it in "
            + "step.");
        await activation.StopAsync(profile, state.State.Tables);
    }

    private async Task StoreTablesAsync(ExportProfile profile, ImmutableArray<TableDefinition> tables)
    {
        var before = (state.State.Profile, state.State.Tables);
        (state.State.Profile, state.State.Tables) = (profile, tables);
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            // What is not stored has not been taken over: the next look finds it again.
            (state.State.Profile, state.State.Tables) = before;
            throw;
        }
    }
}
