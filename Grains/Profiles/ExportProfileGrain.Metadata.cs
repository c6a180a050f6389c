using System.Collections.Immutable;
using DataExport.Grains.Metadata;

namespace DataExport.Grains.Profiles;

// What the environment's metadata changes of an active profile.
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
        if (changes.IsLayoutSame)
        {
            await activation.ProvisionAsync(profile, before, tables);
        }
        else
        {
            // The target adds the columns, and what it has read of those tables so far is read anew.
            profile = profile with { TablesChangedOn = clock.GetUtcNow().UtcDateTime };
            await activation.ReplaceAsync(profile, tables);
        }

        await StoreTablesAsync(profile, tables);
        LogTablesChanged(Id, string.Join(", ", changes.Changed));
        await StartAsync();
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
