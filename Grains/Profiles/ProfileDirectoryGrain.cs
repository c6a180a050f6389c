using System.Collections.Immutable;

namespace DataExport.Grains.Profiles;

/// <summary>What the directory grain stores.</summary>
[GenerateSerializer, Alias("DataExport.DirectoryState")]
public sealed class DirectoryState
{
    /// <summary>All profiles, oldest first.</summary>
    [Id(0)]
    public ImmutableArray<DirectoryEntry> Entries { get; set; } = [];
}

/// <summary>One profile.</summary>
[GenerateSerializer, Immutable, Alias("DataExport.DirectoryEntry")]
public sealed record DirectoryEntry([property: Id(0)] string ProfileId, [property: Id(1)] string Name);

/// <summary>All profiles that exist.</summary>
internal sealed class ProfileDirectoryGrain(
    [PersistentState("directory", ProfileNames.Storage)] IPersistentState<DirectoryState> state)
    : Grain, IProfileDirectoryGrain
{
    /// <inheritdoc/>
    public Task AddAsync(string profileId, string name)
    {
        foreach (var entry in state.State.Entries)
        {
            if (entry.ProfileId == profileId)
            {
                return Task.CompletedTask;
            }

            if (string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                throw new ProfileException($"A profile named '{name}' exists already. Choose another name.");
            }
        }

        return SaveAsync(state.State.Entries.Add(new DirectoryEntry(profileId, name)));
    }

    /// <inheritdoc/>
    public Task RemoveAsync(string profileId) =>
        SaveAsync(state.State.Entries.RemoveAll(entry => entry.ProfileId == profileId));

    /// <inheritdoc/>
    public Task<ImmutableArray<string>> GetProfilesAsync() =>
        Task.FromResult(state.State.Entries.Select(static entry => entry.ProfileId).ToImmutableArray());

    private Task SaveAsync(ImmutableArray<DirectoryEntry> entries)
    {
        state.State.Entries = entries;
        return state.WriteStateAsync();
    }
}
