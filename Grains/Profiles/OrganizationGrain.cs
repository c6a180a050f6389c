using System.Collections.Immutable;

namespace DataExport.Grains.Profiles;

/// <summary>What the organization grain stores.</summary>
[GenerateSerializer, Alias("DataExport.OrganizationState")]
public sealed class OrganizationState
{
    /// <summary>Ids of the profiles that want this organization's changes.</summary>
    [Id(0)]
    public ImmutableArray<string> Profiles { get; set; } = [];
}

/// <summary>Which profiles want an organization's changes.</summary>
internal sealed class OrganizationGrain(
    [PersistentState("organization", ProfileNames.Storage)] IPersistentState<OrganizationState> state)
    : Grain, IOrganizationGrain
{
    /// <inheritdoc/>
    public Task RegisterAsync(string profileId) => state.State.Profiles.Contains(profileId)
        ? Task.CompletedTask
        : SaveAsync(state.State.Profiles.Add(profileId));

    /// <inheritdoc/>
    public Task UnregisterAsync(string profileId) => state.State.Profiles.Contains(profileId)
        ? SaveAsync(state.State.Profiles.Remove(profileId))
        : Task.CompletedTask;

    /// <inheritdoc/>
    public Task<ImmutableArray<string>> GetProfilesAsync() => Task.FromResult(state.State.Profiles);

    private Task SaveAsync(ImmutableArray<string> profiles)
    {
        state.State.Profiles = profiles;
        return state.WriteStateAsync();
    }
}
