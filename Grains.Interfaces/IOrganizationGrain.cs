using System.Collections.Immutable;
using Orleans.Concurrency;

namespace DataExport;

/// <summary>
/// Which profiles want one organization's changes. The key is the organization id as 32 lower-case hexadecimal digits.
/// </summary>
[Alias("DataExport.IOrganizationGrain")]
public interface IOrganizationGrain : IGrainWithStringKey
{
    /// <summary>The profile wants changes from now on.</summary>
    [Alias("Register")]
    Task RegisterAsync(string profileId);

    /// <summary>The profile wants no more changes.</summary>
    [Alias("Unregister")]
    Task UnregisterAsync(string profileId);

    /// <summary>The ids of the profiles that want changes.</summary>
    [AlwaysInterleave]
    [Alias("GetProfiles")]
    Task<ImmutableArray<string>> GetProfilesAsync();
}

/// <summary>
/// All profiles that exist, so that a silo knows after a start what to resume. The key is <see cref="Key"/>.
/// </summary>
[Alias("DataExport.IProfileDirectoryGrain")]
public interface IProfileDirectoryGrain : IGrainWithStringKey
{
    /// <summary>The key of the only activation.</summary>
    const string Key = "all";

    /// <summary>Reserves a name for a profile.</summary>
    /// <exception cref="ProfileException">Another profile has the name.</exception>
    [Alias("Add")]
    Task AddAsync(string profileId, string name);

    /// <summary>Frees the profile's name.</summary>
    [Alias("Remove")]
    Task RemoveAsync(string profileId);

    /// <summary>The ids of all profiles, oldest first.</summary>
    [AlwaysInterleave]
    [Alias("GetProfiles")]
    Task<ImmutableArray<string>> GetProfilesAsync();
}
