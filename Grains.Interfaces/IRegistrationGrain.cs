using System.Collections.Immutable;
using Orleans.Concurrency;

namespace DataExport;

/// <summary>
/// What a profile's environment posts: registers it, watches that it stays, and removes it. The key is the profile's
/// id. A profile without <see cref="ExportProfile.RegistrationConnection"/> needs none.
/// </summary>
[Alias("DataExport.IRegistrationGrain")]
public interface IRegistrationGrain : IGrainWithStringKey
{
    /// <summary>Registers what the profile needs, or what of it is missing. Idempotent.</summary>
    /// <exception cref="ProfileException">The environment refused, or is away.</exception>
    [Alias("Apply")]
    Task ApplyAsync(ProfileRoute route);

    /// <summary>Begins to watch.</summary>
    [Alias("Start")]
    Task StartAsync(ProfileRoute route);

    /// <summary>Gives up what is under way and stops watching. Interleaves, or it would wait for it.</summary>
    [AlwaysInterleave]
    [Alias("Stop")]
    Task StopAsync();

    /// <summary>Removes what was created for the profile. Does nothing when nothing was.</summary>
    /// <returns>What had to stay and how to remove it, or <see langword="null"/>.</returns>
    [Alias("Remove")]
    Task<string?> RemoveAsync(ProfileRoute route);

    /// <summary>What <see cref="ApplyAsync"/> would do now.</summary>
    /// <exception cref="ProfileException">The environment refused, or is away.</exception>
    [AlwaysInterleave]
    [Alias("Plan")]
    Task<RegistrationPlanView> PlanAsync(ProfileRoute route);

    /// <summary>What was found, or <see langword="null"/> before the first look.</summary>
    [AlwaysInterleave]
    [Alias("GetReport")]
    Task<RegistrationReport?> GetReportAsync();
}

/// <summary>What registering would do, in words.</summary>
[GenerateSerializer, Immutable, Alias("DataExport.RegistrationPlanView")]
public sealed record RegistrationPlanView
{
    /// <summary>What would be created, changed and removed; empty if all is as it should be.</summary>
    [Id(0)]
    public ImmutableArray<string> Changes { get; init; } = [];

    /// <summary>What is there already and would be used, though another made it.</summary>
    [Id(1)]
    public ImmutableArray<string> Reused { get; init; } = [];

    /// <summary>What an administrator should know.</summary>
    [Id(2)]
    public ImmutableArray<string> Warnings { get; init; } = [];
}

/// <summary>Whether the environment posts what it should.</summary>
[GenerateSerializer, Immutable, Alias("DataExport.RegistrationReport")]
public sealed record RegistrationReport
{
    /// <summary>When it was last looked at, UTC.</summary>
    [Id(0)]
    public DateTime? CheckedOn { get; init; }

    /// <summary>What was last found to be other than registered, in words. It has been mended.</summary>
    [Id(1)]
    public ImmutableArray<string> Drift { get; init; } = [];

    /// <summary>When that was mended, UTC.</summary>
    [Id(2)]
    public DateTime? MendedOn { get; init; }

    /// <summary>System jobs of the profile's steps that failed since it was activated.</summary>
    [Id(3)]
    public long FailedPosts { get; init; }

    /// <summary>When the last of them failed, UTC.</summary>
    [Id(4)]
    public DateTime? NewestFailedPostOn { get; init; }

    /// <summary>What hinders the watch or the mending, if anything does. Never holds a secret.</summary>
    [Id(5)]
    public string? Message { get; init; }
}
