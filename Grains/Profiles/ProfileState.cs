using System.Collections.Immutable;

namespace DataExport.Grains.Profiles;

/// <summary>What the profile grain stores.</summary>
[GenerateSerializer, Alias("DataExport.ProfileState")]
public sealed class ProfileState
{
    /// <summary>The profile with its secrets; <see langword="null"/> before creation.</summary>
    [Id(0)]
    public ExportProfile? Profile { get; set; }

    /// <summary>The step of its life that was last begun.</summary>
    [Id(1)]
    public ProfileStatus Status { get; set; }

    /// <summary>Its tables as the source described them on activation.</summary>
    [Id(2)]
    public ImmutableArray<TableDefinition> Tables { get; set; } = [];

    /// <summary>Why it is faulted.</summary>
    [Id(3)]
    public string? Message { get; set; }

    /// <summary>
    /// Another organization that was found at the source's address: the next activation takes it for the profile's.
    /// </summary>
    [Id(4)]
    public Guid? FoundOrganizationId { get; set; }

    /// <summary>Whether its environment was found set back: the next activation reads everything anew.</summary>
    [Id(5)]
    public bool IsSetBack { get; set; }
}
