using DataExport.Grains.Fence;
using DataExport.Grains.Ports;

namespace DataExport.Grains.Confirming;

/// <summary>
/// Asks about sets: the N:N rows of a record, the parties of an activity. Their answer is a read like a page of the
/// change feed, so its rows and absences meet the same rules, by the instant at which it began.
/// </summary>
internal sealed class SetQuestions(IProfileRuntime runtime, ConfirmOptions options, SetAsideQuestions setAside)
{
    /// <summary>
    /// The sets of these tables to ask about, one list for each column of each; at most <c>FetchSetsMax</c> in all.
    /// </summary>
    public async Task<List<IReadOnlyList<PendingSet>>> ReadAsync(
        IReadOnlyList<TableDefinition> tables, DateTime before, CancellationToken cancellationToken)
    {
        var groups = new List<IReadOnlyList<PendingSet>>();
        var places = options.FetchSetsMax;
        foreach (var table in tables)
        {
            if (places == 0)
            {
                break;
            }

            var sets = await runtime.Target.ReadPendingSetsAsync(
                table.Name, setAside.NumberOf(SetAsideQuestions.SetsOf(table.Name)), before, places, cancellationToken);
            places -= sets.Count;
            groups.AddRange(sets.GroupBy(static set => set.Column).Select(static column => column.ToArray()));
        }

        return groups;
    }

    /// <summary>What to ask the source about a group of <see cref="ReadAsync"/>.</summary>
    public FetchRequest ToRequest(IReadOnlyList<PendingSet> group) => new(
        runtime.Tables[group[0].Table], [.. group.Select(static set => set.Value)], group[0].Column);

    /// <summary>Writes a group's answer. False when it is not complete: a delta has to tell.</summary>
    /// <param name="group">The questions.</param>
    /// <param name="answer">What the source said.</param>
    /// <param name="began">When the source began to be asked, by the target's clock.</param>
    /// <param name="cancellationToken">A stop.</param>
    public async Task<bool> AnswerAsync(
        IReadOnlyList<PendingSet> group, FetchedTable answer, DateTime began, CancellationToken cancellationToken)
    {
        var items = new List<MergeItem>(answer.Rows.Count);
        foreach (var row in answer.Rows)
        {
            var evidence = new Evidence(EvidenceKind.ReadUpsert, began, row.Version);
            items.Add(new MergeItem(answer.Table, row.RecordId, evidence, row.Columns));
        }

        var isComplete = answer.IsComplete;
        if (answer is { IsComplete: true, IsWholeTableReadable: true })
        {
            // So many at once are believed to the table's delta only, which names each.
            var absences = await AbsencesAsync(group, answer, began, cancellationToken);
            isComplete = absences.Count <= options.UnannouncedDeletionsMax;
            items.AddRange(isComplete ? absences : []);
        }

        _ = await runtime.WriteEvidenceAsync(items, cancellationToken, setAside.Logged);
        if (!answer.IsWholeTableReadable)
        {
            var hindrance = answer.Refusal is { } refusal
                ? FetchAnswers.Refused(answer.Table, refusal)
                : FetchAnswers.NotWholeTable(answer.Table);
            setAside.Add(SetAsideQuestions.SetsOf(answer.Table), group[^1].Number, hindrance);
            return true;
        }

        if (isComplete)
        {
            // After the rows: a crash in between asks the set once more.
            await runtime.Target.SettleSetsAsync(group, cancellationToken);
        }

        return isComplete;
    }

    /// <summary>Passes over sets for a while that even the table's delta did not settle.</summary>
    public async Task SetAsideUnlessSettledAsync(IReadOnlyList<PendingSet> group, CancellationToken cancellationToken)
    {
        var table = group[0].Table;
        var first = await runtime.Target.ReadPendingSetsAsync(
            table, group[0].Number - 1, DateTime.MaxValue, 1, cancellationToken);
        if (first.Count > 0 && first[0].Number == group[0].Number)
        {
            setAside.Add(
                SetAsideQuestions.SetsOf(table),
                group[^1].Number,
                $"Table '{table}': a set has more rows than SetRowsMax, or lost more than UnannouncedDeletionsMax. The "
                + "table's next delta tells of them.");
        }
    }

    /// <summary>The rows of the target's sets that the source no longer has.</summary>
    private async Task<List<MergeItem>> AbsencesAsync(
        IReadOnlyList<PendingSet> group, FetchedTable answer, DateTime began, CancellationToken cancellationToken)
    {
        var present = answer.Rows.Select(static row => row.RecordId).ToHashSet();
        var absences = new List<MergeItem>();
        foreach (var set in group)
        {
            foreach (var id in await runtime.Target.ReadSetAsync(set.Table, set.Column, set.Value, cancellationToken))
            {
                if (!present.Contains(id))
                {
                    absences.Add(new MergeItem(set.Table, id, new Evidence(EvidenceKind.ReadDeletion, began)));
                }
            }
        }

        return absences;
    }
}
