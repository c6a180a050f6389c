using DataExport.Grains.Fence;

namespace DataExport.Targets.Sqlite;

/// <summary>What the target holds of a record, and where.</summary>
/// <param name="Held">What the fence sees.</param>
/// <param name="RowId">The row's rowid, if there is a row.</param>
/// <param name="LogEntryId">The delete log entry that is the tombstone, if there is one.</param>
internal readonly record struct RecordRow(HeldRecord Held, long RowId = 0, long LogEntryId = 0)
{
    /// <summary>Whether there is a row.</summary>
    public bool IsRow => Held.Kind is HeldKind.ConfirmedRow or HeldKind.ProvisionalRow;
}
