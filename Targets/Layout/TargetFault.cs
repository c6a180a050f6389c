namespace DataExport.Targets.Layout;

/// <summary>What a failure of an engine means for the work.</summary>
internal enum FaultKind
{
    /// <summary>The same may succeed at once or soon: a dead-lock, a lost connection, a fail-over.</summary>
    Transient,

    /// <summary>The engine has too much to do: less at a time helps.</summary>
    Throttled,

    /// <summary>The engine will never take this data.</summary>
    RefusedData,

    /// <summary>A table or column is not what it was: provisioning mends it, or somebody must.</summary>
    Schema,

    /// <summary>Something is full: disk, log, quota. Somebody must make room.</summary>
    Capacity,

    /// <summary>A login, a right or a firewall: somebody must grant it.</summary>
    Permission,

    /// <summary>Ours: the statement is wrong.</summary>
    Bug,
}

/// <summary>One error of an engine: what it means for the work, and in words.</summary>
/// <param name="Kind">What it means for the work.</param>
/// <param name="Meaning">What the engine says, without values.</param>
internal sealed record TargetFault(FaultKind Kind, string Meaning);
