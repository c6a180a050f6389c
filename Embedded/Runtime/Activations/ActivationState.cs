namespace Orleans.Runtime;

/// <summary>Where an activation stands between its first call and its end.</summary>
internal enum ActivationState : byte
{
    /// <summary>Nothing has run yet.</summary>
    Creating = 0,

    /// <summary>
    /// The constructor, the reading of state or <see cref="Grain.OnActivateAsync"/> runs. Calls wait.
    /// </summary>
    Activating = 1,

    /// <summary>Calls run.</summary>
    Valid = 2,

    /// <summary>It has been asked to leave. Running calls end, later ones wait for the next activation.</summary>
    Deactivating = 3,

    /// <summary><see cref="Grain.OnDeactivateAsync"/> runs.</summary>
    Leaving = 4,

    /// <summary>Gone. Calls go elsewhere.</summary>
    Invalid = 5,
}
