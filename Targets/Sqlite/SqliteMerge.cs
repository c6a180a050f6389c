using DataExport.Grains.Fence;
using DataExport.Grains.Ports;
using DataExport.Targets.Merging;

namespace DataExport.Targets.Sqlite;

/// <summary>
/// Merges evidence, one item after the other, inside the caller's transaction: reads what is held, asks
/// <see cref="FenceRules"/>, and does what they say.
/// </summary>
internal sealed class SqliteMerge(DeleteLog deleteLog, PendingQuestions pending)
{
    private readonly byte[] _recordId = new byte[SqliteText.GuidBytes];
    private DateTime _now;

    /// <summary>Begins a batch. One time for all of it is enough: everything in it was learnt before.</summary>
    public void Begin(DateTime now) => _now = now;

    /// <summary>Merges one item.</summary>
    public ApplyResult Apply(TableWriter table, MergeItem item)
    {
        if (item.SetColumn is { } column)
        {
            return AskSet(table, item, column);
        }

        SqliteText.Write(item.RecordId, _recordId);
        table.Learn(item.Evidence.Version);
        var row = Find(table);
        var verdict = MergeRules.Decide(item, row.Held, table.Table, table.IsLoading);
        var stamp = MergeRules.NextStamp(row.Held.Stamp, _now);
        Act(table, item, row, verdict, stamp);
        if (verdict.Kind is not VerdictKind.Ask && table.PendingCount > 0)
        {
            Settle(table, item.Evidence, verdict);
        }

        return MergeRules.ToResult(verdict, stamp);
    }

    /// <summary>Asks about a record whose row, if it is still there, is older than <paramref name="began"/>.</summary>
    public bool AskIfNotReadSince(TableWriter table, Guid recordId, DateTime began)
    {
        SqliteText.Write(recordId, _recordId);
        var row = table.Rows.Find(_recordId);
        if (!row.IsRow || row.Held.Stamp >= began)
        {
            return false;
        }

        Ask(table, UncertainReason.NotInResync, row.Held);
        return true;
    }

    private ApplyResult AskSet(TableWriter table, MergeItem item, string column)
    {
        if (!table.Table.SetColumns.Contains(column))
        {
            throw new TargetRefusedException($"Table '{table.Name}' is not asked for by its column '{column}'.");
        }

        pending.AskSet(table.NameUtf8, column, item.RecordId, _now);
        return ApplyResult.Uncertain(item.Evidence.Reason);
    }

    private RecordRow Find(TableWriter table)
    {
        var row = table.Rows.Find(_recordId);
        row = row.IsRow || !table.HasTombstones ? row : deleteLog.Find(table.NameUtf8, _recordId);
        return table.Table.IsFiltered && !row.IsRow && table.PendingCount > 0
            ? row with { Held = row.Held with { AskedOn = pending.FindAskedOn(table.NameUtf8, _recordId) } }
            : row;
    }

    private void Act(TableWriter table, MergeItem item, in RecordRow row, Verdict verdict, DateTime stamp)
    {
        switch (verdict.Kind)
        {
            case VerdictKind.WriteConfirmed:
                WriteConfirmed(table, item, row, stamp);
                break;
            case VerdictKind.WriteProvisional:
                WriteProvisional(table, item, row, stamp);
                break;
            case VerdictKind.Delete:
                Delete(table, row, stamp);
                break;
            case VerdictKind.Ask:
                Ask(table, verdict.Reason, row.Held);
                break;
            case VerdictKind.Superseded:
            default:
                break;
        }
    }

    private void WriteConfirmed(TableWriter table, MergeItem item, in RecordRow row, DateTime stamp)
    {
        if (row.IsRow)
        {
            table.Rows.Replace(row.RowId, _recordId, item.Columns!, item.Evidence.Version, stamp);
            return;
        }

        table.Rows.InsertConfirmed(_recordId, item.Columns!, item.Evidence.Version, stamp);
    }

    private void WriteProvisional(TableWriter table, MergeItem item, in RecordRow row, DateTime stamp)
    {
        if (row.IsRow)
        {
            table.Rows.Update(row.RowId, item.Columns!, item.Evidence.RowModifiedOn!.Value, stamp);
        }
        else
        {
            table.Rows.InsertProvisional(_recordId, item.Columns!, item.Evidence.RowModifiedOn, stamp);
        }

        Ask(table, UncertainReason.Provisional, row.Held);
    }

    private void Delete(TableWriter table, in RecordRow row, DateTime stamp)
    {
        if (row.IsRow)
        {
            table.Rows.Delete(row.RowId);
        }

        if (row.Held.Kind is HeldKind.Tombstone)
        {
            deleteLog.Stamp(row.LogEntryId, stamp, table.HighestVersion);
        }
        else
        {
            deleteLog.Insert(table.NameUtf8, _recordId, stamp, table.HighestVersion);
            table.HasTombstones = true;
        }

        if (table.PendingCount > 0)
        {
            table.PendingCount += pending.DropProvisional(table.NameUtf8, _recordId);
        }
    }

    private void Ask(TableWriter table, UncertainReason reason, in HeldRecord held)
    {
        var isListed = held.Kind is HeldKind.ProvisionalRow;
        table.PendingCount += pending.Ask(table.NameUtf8, _recordId, reason, _now, isListed);
    }

    /// <summary>Takes the record's question away if this evidence answers it. A later question stays.</summary>
    private void Settle(TableWriter table, in Evidence evidence, Verdict verdict)
    {
        if (verdict.Kind is VerdictKind.WriteProvisional)
        {
            return;
        }

        if (MergeRules.IsFetched(evidence.Kind))
        {
            table.PendingCount += pending.SettleFetched(table.NameUtf8, _recordId, evidence.QuestionNumber);
        }
        else if (MergeRules.IsRead(evidence.Kind) && evidence.Instant is { } began)
        {
            table.PendingCount += pending.SettleRead(table.NameUtf8, _recordId, began);
        }
    }
}
