namespace DataExport;

/// <summary>Why a question is put to the source. Stored and sent: never renumber.</summary>
public enum UncertainReason
{
    /// <summary>No question.</summary>
    None = 0,

    /// <summary>Not a question of its own: the row is provisional and waits for its version number.</summary>
    Provisional = 1,

    /// <summary>The change is of the same second as the row, or of an earlier one.</summary>
    NotNewer = 2,

    /// <summary>
    /// The confirmed row was stamped at or after the change's second, so it may hold the change already.
    /// </summary>
    MayBeHeld = 3,

    /// <summary>An update of a record that has no row.</summary>
    MissingRow = 4,

    /// <summary>An upsert notification of a record that has a tombstone.</summary>
    Tombstone = 5,

    /// <summary>A deletion that may be older than the row.</summary>
    DeleteMayBeOld = 6,

    /// <summary>A page or delta page that was read before the row or tombstone was stamped.</summary>
    ReadBeforeStamp = 7,

    /// <summary>A fetch that was answered after the record had changed here again.</summary>
    ChangedSinceFetch = 8,

    /// <summary>The notification has no <c>modifiedon</c>.</summary>
    NoModifiedOn = 9,

    /// <summary>The notification was too large for the bus and came without its columns.</summary>
    Truncated = 10,

    /// <summary>A column of the notification could not be read.</summary>
    Undecodable = 11,

    /// <summary>A message other than Create, Update and Delete touched the record.</summary>
    OtherMessage = 12,

    /// <summary>Two changes of the same second contradict each other.</summary>
    Contradiction = 13,

    /// <summary>The row was not among those that a resync read.</summary>
    NotInResync = 14,

    /// <summary>The change was decoded with another layout of the table than the target has.</summary>
    OtherLayout = 15,

    /// <summary>The record changed while the initial sync ran, and the load did not bring that version.</summary>
    MovedDuringLoad = 16,

    /// <summary>
    /// Rows of an N:N table or parties of an activity came or went: the set they belong to is asked as a whole.
    /// </summary>
    SetChanged = 17,

    /// <summary>The record may have left the rows that the profile exports.</summary>
    OutsideFilter = 18,

    /// <summary>A delta brought a record into the rows that the profile exports, which no message told.</summary>
    EnteredFilter = 19,
}
