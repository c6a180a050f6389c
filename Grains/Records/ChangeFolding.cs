using DataExport.Grains.Fence;

namespace DataExport.Grains.Records;

/// <summary>
/// Folds what gathered for one record while its write was in flight into as few pieces of evidence as the rules allow.
/// Pure.
/// </summary>
/// <remarks>
/// Oldest second first. Changes of different seconds are ordered, so the newer lies over the older and the group meets
/// rule 9 with its oldest second. Changes of one second are not: they go together only if the columns that they have in
/// common agree; else what came before that second is written and the rest is a question. A create comes before every
/// update of its second. Deletions come last, each on its own: a merge decides them by the row's stamp.
/// </remarks>
internal static class ChangeFolding
{
    /// <summary>What to hand to the writer, in order. One change gives itself.</summary>
    public static List<FoldedChange> Fold(List<RecordChange> gathered)
    {
        var folded = new List<FoldedChange>(2);
        var upserts = gathered.FindAll(IsOrdered);
        upserts.Sort(static (left, right) => left.ModifiedOn != right.ModifiedOn
            ? Nullable.Compare(left.ModifiedOn, right.ModifiedOn)
            : left.Kind.CompareTo(right.Kind));
        FoldUpserts(upserts, folded);

        // Writes nothing, and asks if there is a row by now: so it comes after all that may write one.
        var outside = gathered.Find(static change => change.Kind is ChangeKind.Outside);
        if (outside is not null)
        {
            folded.Add(Single(outside));
        }

        var question = gathered.Find(IsQuestion);
        if (question is not null)
        {
            folded.Add(new FoldedChange(QuestionOf(question)));
        }

        var deletion = NewestDeletion(gathered);
        if (deletion is not null)
        {
            folded.Add(new FoldedChange(new Evidence(EvidenceKind.NotifiedDelete, deletion.ModifiedOn)));
        }

        return folded;
    }

    /// <summary>The evidence that a single change is.</summary>
    public static FoldedChange Single(RecordChange change) => change.Kind switch
    {
        ChangeKind.Delete => new FoldedChange(new Evidence(EvidenceKind.NotifiedDelete, change.ModifiedOn)),
        ChangeKind.Outside => new FoldedChange(new Evidence(EvidenceKind.NotifiedOutside, change.ModifiedOn)),
        _ when !IsOrdered(change) => new FoldedChange(QuestionOf(change)),
        _ => new FoldedChange(new Evidence(KindOf(change), change.ModifiedOn), change.Columns),
    };

    private static void FoldUpserts(List<RecordChange> upserts, List<FoldedChange> folded)
    {
        RecordChange? second = null;
        foreach (var next in upserts)
        {
            if (second is null)
            {
                folded.Add(Single(next));
                second = next;
            }
            else if (CanLieOver(next, second))
            {
                var group = folded[^1];
                folded[^1] = new FoldedChange(
                    group.Evidence with { NewestInstant = next.ModifiedOn },
                    group.Columns!.OverlaidWith(next.Columns!));
                second = next.ModifiedOn > second.ModifiedOn
                    ? next
                    : next with { Columns = second.Columns!.OverlaidWith(next.Columns!) };
            }
            else
            {
                // What follows is newer still, but lies on a state nobody knows: one fetch settles it all.
                folded.Add(new FoldedChange(new Evidence(
                    EvidenceKind.Question, Reason: UncertainReason.Contradiction)));
                return;
            }
        }
    }

    /// <summary>
    /// Whether <paramref name="next"/> may be laid over the group: it is of a later second, or it agrees with all that
    /// <paramref name="second"/>, the group's last second, brought.
    /// </summary>
    private static bool CanLieOver(RecordChange next, RecordChange second) =>
        next.Kind is ChangeKind.Update
        && next.Columns!.Layout == second.Columns!.Layout
        && (next.ModifiedOn > second.ModifiedOn || next.Columns.AgreesWith(second.Columns));

    private static RecordChange? NewestDeletion(List<RecordChange> gathered)
    {
        RecordChange? newest = null;
        foreach (var change in gathered)
        {
            if (change.Kind is ChangeKind.Delete
                && (newest is null || Nullable.Compare(change.ModifiedOn, newest.ModifiedOn) > 0))
            {
                newest = change;
            }
        }

        return newest;
    }

    private static bool IsOrdered(RecordChange change) =>
        change is { Kind: ChangeKind.Create or ChangeKind.Update, ModifiedOn: not null, Columns: not null };

    private static bool IsQuestion(RecordChange change) =>
        change.Kind is not (ChangeKind.Delete or ChangeKind.Outside) && !IsOrdered(change);

    private static EvidenceKind KindOf(RecordChange change) =>
        change.Kind is ChangeKind.Create ? EvidenceKind.NotifiedCreate : EvidenceKind.NotifiedUpdate;

    private static Evidence QuestionOf(RecordChange change) => new(
        EvidenceKind.Question,
        Reason: change switch
        {
            { Reason: not UncertainReason.None } => change.Reason,
            { Kind: ChangeKind.Touched } => UncertainReason.OtherMessage,
            _ => UncertainReason.NoModifiedOn,
        });
}

/// <summary>What one or several gathered changes amount to.</summary>
/// <param name="Evidence">For a group of upserts: the kind and the second of its oldest, and its newest second.</param>
/// <param name="Columns">The columns, the newest value of each.</param>
internal readonly record struct FoldedChange(Evidence Evidence, ColumnValues? Columns = null);
