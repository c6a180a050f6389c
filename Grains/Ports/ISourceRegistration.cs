using System.Collections.Immutable;

namespace DataExport.Grains.Ports;

/// <summary>
/// What an environment posts for a profile, and where to. Thread-safe. What the profile created is known by its names,
/// which hold the profile's id: whatever a crash left half done is found again.
/// </summary>
public interface ISourceRegistration : IAsyncDisposable
{
    /// <summary>What <see cref="ApplyAsync"/> would do now. Changes nothing.</summary>
    /// <exception cref="SourceException">Away, throttled or refused.</exception>
    Task<RegistrationPlan> PlanAsync(RegistrationRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Creates, changes and removes what is needed so that the environment posts exactly what the request asks for;
    /// what is there already and fits is used as it is. Idempotent.
    /// </summary>
    /// <exception cref="SourceException">
    /// Away, throttled or refused. What was done until then stays, and the next call goes on.
    /// </exception>
    Task<RegistrationResult> ApplyAsync(RegistrationRequest request, CancellationToken cancellationToken);

    /// <summary>Removes what the profile created, and nothing else. Idempotent.</summary>
    /// <returns>What had to stay, in words; empty if nothing of the profile is left.</returns>
    /// <exception cref="SourceException">Away, throttled or refused: the next call goes on.</exception>
    Task<IReadOnlyList<string>> RemoveAsync(RegistrationRequest request, CancellationToken cancellationToken);

    /// <summary>What <see cref="ApplyAsync"/> would do now, and the posts that failed for good since then.</summary>
    /// <exception cref="SourceException">Away, throttled or refused.</exception>
    Task<RegistrationCheck> CheckAsync(
        RegistrationRequest request, DateTime since, CancellationToken cancellationToken);
}

/// <summary>Opens the registrations of environments.</summary>
public interface ISourceRegistrationFactory
{
    /// <summary>Opens that of a profile's environment; it connects when first used.</summary>
    /// <exception cref="ProfileException">The source's address cannot be used.</exception>
    ISourceRegistration OpenRegistration(ExportProfile profile);
}

/// <summary>What a profile wants to be posted.</summary>
public sealed record RegistrationRequest
{
    /// <summary>The profile's id, which stands in the name of all that is created for it.</summary>
    public required string ProfileId { get; init; }

    /// <summary>The profile's name, for the people who find these things in the environment.</summary>
    public required string ProfileName { get; init; }

    /// <summary>Where it is posted to.</summary>
    public required PostAddress Endpoint { get; init; }

    /// <summary>The tables whose Create, Update and Delete are posted.</summary>
    public required ImmutableArray<TableRegistration> Tables { get; init; }

    /// <summary>Whether Associate and Disassociate are posted: of all relationships, for none can be named.</summary>
    public bool PostsAssociations { get; init; }

    /// <summary>What is known to have been created for the profile, should somebody have renamed it.</summary>
    public ImmutableArray<RegisteredComponent> Created { get; init; } = [];
}

/// <summary>A queue or topic of Service Bus that an environment posts to.</summary>
/// <param name="Namespace">Such as <c>sb://contoso.servicebus.windows.net/</c>.</param>
/// <param name="Path">The queue or topic.</param>
/// <param name="IsTopic">Whether it is a topic.</param>
/// <param name="KeyName">The shared access rule, with the right to send.</param>
/// <param name="Key">Its key. A secret.</param>
public sealed record PostAddress(string Namespace, string Path, bool IsTopic, string KeyName, string Key)
{
    /// <summary>Where it is; the key is left out.</summary>
    public override string ToString() => $"{Namespace}{Path}";
}

/// <summary>What is posted of a table.</summary>
/// <param name="Table">Its logical name.</param>
/// <param name="FilteringColumns">An update is posted only if it sends one of these; empty for every update.</param>
/// <param name="ImageColumns">
/// The columns that creates and updates bring along whatever they sent; empty for none.
/// </param>
public sealed record TableRegistration(
    string Table, ImmutableArray<string> FilteringColumns, ImmutableArray<string> ImageColumns);

/// <summary>What registering does to an environment, in words.</summary>
/// <param name="Changes">What is created, changed and removed; empty if all is as it should be.</param>
/// <param name="Reused">What is there already and is used, though another made it.</param>
/// <param name="Warnings">What an administrator should know.</param>
public sealed record RegistrationPlan(
    IReadOnlyList<string> Changes, IReadOnlyList<string> Reused, IReadOnlyList<string> Warnings);

/// <summary>What registering has done.</summary>
/// <param name="Done">The plan that was carried out.</param>
/// <param name="Created">All that the profile has created and that is there now.</param>
public sealed record RegistrationResult(RegistrationPlan Done, ImmutableArray<RegisteredComponent> Created);

/// <summary>Whether all is as it should be.</summary>
/// <param name="Plan">What would have to be done.</param>
/// <param name="FailedPosts">Posts of the steps in use that failed.</param>
public sealed record RegistrationCheck(RegistrationPlan Plan, FailedPosts FailedPosts);

/// <summary>System jobs of steps that failed: their changes were not posted.</summary>
/// <param name="Count">How many.</param>
/// <param name="NewestOn">When the last of them failed, UTC; <see langword="null"/> if there is none.</param>
public sealed record FailedPosts(long Count, DateTime? NewestOn);

/// <summary>Something that a profile created in its environment.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="ComponentId">Its id there.</param>
/// <param name="Name">Its name there.</param>
[GenerateSerializer, Immutable, Alias("DataExport.RegisteredComponent")]
public sealed record RegisteredComponent(
    [property: Id(0)] RegisteredKind Kind, [property: Id(1)] Guid ComponentId, [property: Id(2)] string Name);

/// <summary>What a profile can create in an environment. Stored: never renumber.</summary>
public enum RegisteredKind
{
    /// <summary>A service endpoint.</summary>
    Endpoint = 0,

    /// <summary>A step, with its image if it has one.</summary>
    Step = 1,
}
