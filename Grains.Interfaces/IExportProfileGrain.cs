using System.Collections.Immutable;
using Orleans.Concurrency;

namespace DataExport;

/// <summary>The lifecycle of one export profile. The key is the profile's id.</summary>
[Alias("DataExport.IExportProfileGrain")]
public interface IExportProfileGrain : IGrainWithStringKey
{
    /// <summary>Saves the profile. Idempotent for an equal profile.</summary>
    /// <exception cref="ProfileException">A field is missing or wrong, or the id is taken.</exception>
    [Alias("Create")]
    Task<ExportProfile> CreateAsync(ExportProfile profile);

    /// <summary>
    /// The profile with its secrets, or <see langword="null"/>. For the silo; the API removes the secrets.
    /// </summary>
    [AlwaysInterleave]
    [Alias("Get")]
    Task<ExportProfile?> GetAsync();

    /// <summary>Starts replication; returns when the target is provisioned and the initial sync has begun.</summary>
    /// <exception cref="ProfileException">The source or the target refused.</exception>
    [Alias("Activate")]
    Task<ExportProfile> ActivateAsync();

    /// <summary>Stops replication; returns when no table is read any more.</summary>
    [Alias("Deactivate")]
    Task<ExportProfile> DeactivateAsync();

    /// <summary>Deactivates and forgets the profile. The target keeps its tables.</summary>
    [Alias("Delete")]
    Task DeleteAsync();

    /// <summary>How the profile does.</summary>
    [AlwaysInterleave]
    [Alias("GetReport")]
    Task<ProfileReport> GetReportAsync();

    /// <summary>What activating would do to target and source now. Changes nothing, in whatever status.</summary>
    /// <exception cref="ProfileException">The source or the target refused, or is away.</exception>
    [AlwaysInterleave]
    [Alias("Plan")]
    Task<ProfilePlan> PlanAsync();

    /// <summary>
    /// Goes on after a restart: an active profile's tables are started again. Otherwise does nothing.
    /// </summary>
    [Alias("Resume")]
    Task ResumeAsync();

    /// <summary>Runs one delta sync of every table and asks all open questions; returns when both are done.</summary>
    [AlwaysInterleave]
    [Alias("SyncNow")]
    Task SyncNowAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Takes over what the environment's metadata says now. Does nothing while the profile is not active, or when
    /// nothing changed.
    /// </summary>
    [Alias("ChangeTables")]
    Task ChangeTablesAsync(ImmutableArray<TableDefinition> tables);

    /// <summary>
    /// Stops the profile, since its source's address leads to another organization: what that has must not be mixed
    /// with what the target holds. Activating it again reads everything anew.
    /// </summary>
    [Alias("LeaveOrganization")]
    Task LeaveOrganizationAsync(Guid found);

    /// <summary>
    /// Stops the profile, since its environment was set back to an earlier state, in which version numbers are used
    /// again. Activating it again reads everything anew.
    /// </summary>
    /// <param name="evidence">By what that was seen, in words.</param>
    [Alias("LeaveLaterState")]
    Task LeaveLaterStateAsync(string evidence);

    /// <summary>
    /// What a pulling agent needs to decode, or <see langword="null"/> while the profile is not active.
    /// </summary>
    [AlwaysInterleave]
    [Alias("GetRoute")]
    Task<ProfileRoute?> GetRouteAsync();
}

/// <summary>What a silo needs to serve an active profile.</summary>
/// <param name="Profile">The profile with its secrets.</param>
/// <param name="Tables">The tables as they were when the profile was activated.</param>
[GenerateSerializer, Immutable, Alias("DataExport.ProfileRoute")]
public sealed record ProfileRoute(
    [property: Id(0)] ExportProfile Profile,
    [property: Id(1)] ImmutableArray<TableDefinition> Tables);

/// <summary>A profile cannot do what was asked. The message names the thing, the fault and the remedy.</summary>
[GenerateSerializer, Alias("DataExport.ProfileException")]
public sealed class ProfileException : Exception
{
    /// <summary>Says what cannot be done.</summary>
    public ProfileException(string message) : base(message)
    {
    }

    /// <summary>Says what cannot be done, and what was under it.</summary>
    public ProfileException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>For the serializer.</summary>
    public ProfileException() : this("The profile cannot do what was asked.")
    {
    }
}
