using DataExport.Grains.Fence;

namespace DataExport.Targets.Merging;

/// <summary>What the target holds of a record, read under the lock of its table.</summary>
/// <param name="Held">What the fence sees.</param>
/// <param name="Question">Its entry in <c>Pending</c>, if it has one.</param>
/// <param name="LogEntryId">The delete log entry that is its tombstone, if it has one.</param>
internal readonly record struct RecordState(HeldRecord Held, Question? Question = null, long LogEntryId = 0)
{
    /// <summary>Whether there is a row.</summary>
    public bool IsRow => Held.Kind is HeldKind.ConfirmedRow or HeldKind.ProvisionalRow;
}
