namespace DataExport;

/// <summary>Where a profile stands in its life. Stored and sent: never renumber.</summary>
public enum ProfileStatus
{
    /// <summary>Saved, never activated.</summary>
    Created = 0,

    /// <summary>Asks the source for metadata and provisions the target.</summary>
    Activating = 1,

    /// <summary>First full copy of at least one table is on its way.</summary>
    InitialSync = 2,

    /// <summary>All tables are copied; changes flow.</summary>
    DeltaSync = 3,

    /// <summary>On the way to <see cref="Deactivated"/>.</summary>
    Deactivating = 4,

    /// <summary>Stopped on request. Nothing is pulled; the queue keeps what arrives.</summary>
    Deactivated = 5,

    /// <summary>Stopped by an error that only a person can end.</summary>
    Faulted = 6,

    /// <summary>Gone.</summary>
    Deleted = 7,
}
