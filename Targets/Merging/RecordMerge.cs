using DataExport.Grains.Fence;

namespace DataExport.Targets.Merging;

/// <summary>
/// One record within a batch: what is held of it as the batch goes on, and what is to be written in the end. However
/// often a batch names a record, its row is written once.
/// </summary>
internal sealed class RecordMerge(Guid recordId, RecordState state)
{
    private readonly RecordState _before = state;

    public Guid RecordId => recordId;

    /// <summary>What is held now.</summary>
    public RecordState State { get; private set; } = state;

    /// <summary>What to write into the row, if anything.</summary>
    public RowWrite? Write { get; private set; }

    /// <summary>Whether the row that was there goes, before anything is written.</summary>
    public bool IsRowDeleted { get; private set; }

    /// <summary>What to write into the delete log, oldest first.</summary>
    public List<LogWrite>? Log { get; private set; }

    /// <summary>Whether the entry in <c>Pending</c> is another than before.</summary>
    public bool IsQuestionChanged => State.Question != _before.Question;

    public void WriteConfirmed(ColumnValues columns, VersionNumber version, DateTime stamp)
    {
        Write = Write?.ThenReplace(columns, version, stamp) ?? new RowWrite(
            IsRowThere ? RowWriteKind.Replace : RowWriteKind.Insert, recordId, columns, version, null, stamp, stamp);
        Hold(new HeldRecord(HeldKind.ConfirmedRow, version, null, stamp));
    }

    public void WriteProvisional(ColumnValues sent, DateTime modifiedOn, DateTime stamp)
    {
        Write = Write?.ThenUpdate(sent, modifiedOn, stamp) ?? new RowWrite(
            IsRowThere ? RowWriteKind.Update : RowWriteKind.Insert, recordId, sent, null, modifiedOn, stamp, stamp);
        Hold(new HeldRecord(HeldKind.ProvisionalRow, default, modifiedOn, stamp));
    }

    public void Delete(DateTime stamp, long highestVersion)
    {
        Log ??= [];
        if (State.Held.Kind is not HeldKind.Tombstone)
        {
            Log.Add(new LogWrite(recordId, stamp, highestVersion));
        }
        else if (Log.Count > 0)
        {
            Log[^1] = Log[^1] with { Stamp = stamp, Version = highestVersion };
        }
        else
        {
            Log.Add(new LogWrite(recordId, stamp, highestVersion, State.LogEntryId));
        }

        IsRowDeleted |= _before.IsRow;
        Write = null;
        Hold(new HeldRecord(HeldKind.Tombstone, Stamp: stamp));
    }

    /// <summary>Sets <c>modifiedon</c> of a row that was written whole, which only its values tell.</summary>
    public void TellModifiedOn(DateTime? modifiedOn) => Hold(State.Held with { ModifiedOn = modifiedOn });

    public void Ask(UncertainReason reason, long number, DateTime askedOn) => State = State with
    {
        Question = State.Question?.Again(reason, number, askedOn) ?? new Question(reason, number, askedOn),
    };

    public void Settle() => State = State with { Question = null };

    private bool IsRowThere => _before.IsRow && !IsRowDeleted;

    private void Hold(in HeldRecord held) => State = State with { Held = held };
}
