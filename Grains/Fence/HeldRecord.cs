namespace DataExport.Grains.Fence;

/// <summary>What the target holds of a record.</summary>
public enum HeldKind
{
    /// <summary>No row and no delete log entry.</summary>
    Nothing = 0,

    /// <summary>A row with a version number.</summary>
    ConfirmedRow = 1,

    /// <summary>A row whose version number is null: newer than any version known.</summary>
    ProvisionalRow = 2,

    /// <summary>No row, and a delete log entry.</summary>
    Tombstone = 3,
}

/// <summary>What the target holds of a record. All instants UTC.</summary>
/// <param name="Kind">Row, tombstone or nothing.</param>
/// <param name="Version">The row's version number, if confirmed.</param>
/// <param name="ModifiedOn">The row's <c>modifiedon</c>.</param>
/// <param name="Stamp"><c>SinkModifiedOn</c> or <c>SinkDeleteTime</c>; <see langword="null"/> is the oldest.</param>
/// <param name="AskedOn">
/// When its open question was put; <see langword="null"/> without one. Told only where there is no row and the table
/// has a filter: nowhere else it counts.
/// </param>
public readonly record struct HeldRecord(
    HeldKind Kind,
    VersionNumber Version = default,
    DateTime? ModifiedOn = null,
    DateTime? Stamp = null,
    DateTime? AskedOn = null)
{
    /// <summary>Whether there is a row.</summary>
    public bool IsRow => Kind is HeldKind.ConfirmedRow or HeldKind.ProvisionalRow;
}
