namespace DataExport;

/// <summary>What a notification says of a record. Stored and sent: never renumber.</summary>
public enum ChangeKind
{
    /// <summary>The record was created; all set columns came along.</summary>
    Create = 0,

    /// <summary>The record was updated; the sent columns came along.</summary>
    Update = 1,

    /// <summary>The record was deleted.</summary>
    Delete = 2,

    /// <summary>Something happened to the record that says nothing usable of its columns: ask the source.</summary>
    Touched = 3,

    /// <summary>The record was created or updated, and lies outside the rows that the profile exports.</summary>
    Outside = 4,
}
