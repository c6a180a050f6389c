namespace DataExport.Sandbox;

/// <summary>What a <see cref="ChangeGenerator"/> did to a record.</summary>
public enum GeneratedChangeKind
{
    /// <summary>It created it.</summary>
    Create,

    /// <summary>It updated it.</summary>
    Update,

    /// <summary>It deleted it.</summary>
    Delete,

    /// <summary>It brought it back.</summary>
    Restore,

    /// <summary>It joined it with others.</summary>
    Associate,

    /// <summary>It parted it from others.</summary>
    Disassociate,

    /// <summary>It replaced parties of an activity.</summary>
    Parties,
}

/// <summary>One change that a <see cref="ChangeGenerator"/> made.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="Table">The record's table.</param>
/// <param name="Id">The record's id.</param>
public readonly record struct GeneratedChange(GeneratedChangeKind Kind, SandboxTable Table, Guid Id)
{
    /// <summary>How many columns an update named.</summary>
    public int Columns { get; init; }

    /// <summary>The relationship of a pair.</summary>
    internal SandboxRelationship? Relationship { get; init; }

    /// <summary>The other records of pairs.</summary>
    internal IReadOnlyList<Guid>? Related { get; init; }

    /// <summary>The list of parties.</summary>
    internal int List { get; init; }
}
