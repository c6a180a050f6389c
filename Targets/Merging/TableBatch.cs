using System.Runtime.InteropServices;
using DataExport.Grains.Fence;
using DataExport.Grains.Ports;
using DataExport.Targets.Layout;

namespace DataExport.Targets.Merging;

/// <summary>What is known of a table beside its rows, read under its lock.</summary>
/// <param name="IsLoading">Whether its initial sync runs.</param>
/// <param name="HighestVersion">The highest version number known of it.</param>
/// <param name="LastQuestion">The number of its last question.</param>
internal readonly record struct TableFacts(bool IsLoading, long HighestVersion, long LastQuestion);

/// <summary>
/// The items of a batch that concern one table. Merges them in memory, by the fence, over what was read under the
/// table's lock; what is to be written in the end is found in its lists.
/// </summary>
/// <remarks>
/// The lock is what makes this right: from the reading to the commit nobody else writes the table. So the rules stand
/// in one place for all engines, and a statement over a set only has to write what was decided.
/// </remarks>
internal sealed class TableBatch(TargetTable table)
{
    private readonly List<(int Index, MergeItem Item)> _items = [];
    private readonly Dictionary<Guid, int> _placeOf = [];
    private readonly List<Guid> _recordIds = [];
    private RecordMerge[] _records = [];
    private TableFacts _before;
    private TableFacts _facts;
    private DateTime _now;

    public TargetTable Table => table;

    /// <summary>The records that the items name, each once.</summary>
    public IReadOnlyList<Guid> RecordIds => _recordIds;

    /// <summary>The records with what is to be written of each, in the order of <see cref="RecordIds"/>.</summary>
    public IReadOnlyList<RecordMerge> Records => _records;

    /// <summary>The questions about sets to put, each once.</summary>
    public Dictionary<(string Column, Guid Value), long> SetQuestions { get; } = [];

    /// <summary>The time of the batch.</summary>
    public DateTime Now => _now;

    /// <summary>What is known of the table after the batch.</summary>
    public TableFacts Facts => _facts;

    /// <summary>Whether that is more than before.</summary>
    public bool AreFactsNew => _facts != _before;

    /// <summary>Takes an item that has this place in the batch.</summary>
    public void Add(int index, MergeItem item)
    {
        _items.Add((index, item));
        if (item.SetColumn is null)
        {
            Add(item.RecordId);
        }
    }

    /// <summary>The place of a record in <see cref="RecordIds"/>.</summary>
    public int PlaceOf(Guid recordId) => _placeOf[recordId];

    /// <summary>Merges all items in memory, in their order.</summary>
    /// <param name="facts">What is known of the table.</param>
    /// <param name="states">What is held of each record, in the order of <see cref="RecordIds"/>.</param>
    /// <param name="now">The target's clock, read under the lock.</param>
    /// <param name="results">Where each item's answer goes, by its place in the batch.</param>
    public void Merge(in TableFacts facts, ReadOnlySpan<RecordState> states, DateTime now, ApplyResult[] results)
    {
        (_before, _facts, _now) = (facts, facts, now);
        _records = new RecordMerge[states.Length];
        for (var place = 0; place < states.Length; place++)
        {
            _records[place] = new RecordMerge(_recordIds[place], states[place]);
        }

        SetQuestions.Clear();
        foreach (var (index, item) in CollectionsMarshal.AsSpan(_items))
        {
            results[index] = item.SetColumn is { } column ? AskSet(item, column) : Apply(item);
        }
    }

    /// <summary>Names a record that no item is about.</summary>
    public void Add(Guid recordId)
    {
        if (_placeOf.TryAdd(recordId, _recordIds.Count))
        {
            _recordIds.Add(recordId);
        }
    }

    /// <summary>Asks about the records whose rows are older than a read's beginning. Returns how many.</summary>
    public int AskOlderThan(DateTime began)
    {
        var asked = 0;
        foreach (var record in _records)
        {
            if (record.State.IsRow && (record.State.Held.Stamp is not { } stamp || stamp < began))
            {
                record.Ask(UncertainReason.NotInResync, NextQuestion(), _now);
                asked++;
            }
        }

        return asked;
    }

    private ApplyResult AskSet(MergeItem item, string column)
    {
        if (!table.SetColumns.Contains(column))
        {
            throw new TargetRefusedException(
                $"Table '{table.Definition.Name}' is not asked for by its column '{column}'.");
        }

        SetQuestions[(column, item.RecordId)] = NextQuestion();
        return ApplyResult.Uncertain(item.Evidence.Reason);
    }

    private ApplyResult Apply(MergeItem item)
    {
        var record = _records[_placeOf[item.RecordId]];
        if (item.Evidence.Version.Value > _facts.HighestVersion)
        {
            _facts = _facts with { HighestVersion = item.Evidence.Version.Value };
        }

        var verdict = MergeRules.Decide(item, HeldOf(record), table, _facts.IsLoading);
        Act(record, item, verdict);
        if (verdict.Kind is not VerdictKind.Ask && record.State.Question is { } question
            && IsSettled(question, item.Evidence, verdict))
        {
            record.Settle();
        }

        return MergeRules.ToResult(verdict, record.State.Held.Stamp ?? _now);
    }

    private void Act(RecordMerge record, MergeItem item, Verdict verdict)
    {
        // Rounded before it is held: what is read back from the target must equal it.
        var stamp = table.Dialect.RoundInstant(MergeRules.NextStamp(record.State.Held.Stamp, _now));
        switch (verdict.Kind)
        {
            case VerdictKind.WriteConfirmed:
                record.WriteConfirmed(item.Columns!, item.Evidence.Version, stamp);
                record.TellModifiedOn(ModifiedOnOf(item.Columns!));
                break;
            case VerdictKind.WriteProvisional:
                record.WriteProvisional(item.Columns!, item.Evidence.RowModifiedOn!.Value, stamp);
                record.TellModifiedOn(table.HasModifiedOn ? item.Evidence.RowModifiedOn : null);
                record.Ask(UncertainReason.Provisional, NextQuestion(), _now);
                break;
            case VerdictKind.Delete:
                record.Delete(stamp, _facts.HighestVersion);
                if (record.State.Question is { IsListingOnly: true })
                {
                    record.Settle();
                }

                break;
            case VerdictKind.Ask:
                record.Ask(verdict.Reason, NextQuestion(), _now);
                break;
            case VerdictKind.Superseded:
            default:
                break;
        }
    }

    /// <summary>Whether this evidence answers the record's question. A later question stays.</summary>
    private static bool IsSettled(Question question, in Evidence evidence, Verdict verdict) =>
        verdict.Kind is not VerdictKind.WriteProvisional
        && (MergeRules.IsFetched(evidence.Kind) ? question.Number <= evidence.QuestionNumber
            : MergeRules.IsRead(evidence.Kind) && question.AskedOn < evidence.Instant);

    private HeldRecord HeldOf(RecordMerge record) => table.IsFiltered && !record.State.IsRow
        ? record.State.Held with { AskedOn = record.State.Question?.AskedOn }
        : record.State.Held;

    private DateTime? ModifiedOnOf(ColumnValues columns) =>
        table.ModifiedOnOrdinal >= 0
        && columns.TryGet(table.ModifiedOnOrdinal, out var value)
        && value.Kind is ColumnValueKind.Instant
            ? value.Instant
            : null;

    private long NextQuestion()
    {
        _facts = _facts with { LastQuestion = _facts.LastQuestion + 1 };
        return _facts.LastQuestion;
    }
}
