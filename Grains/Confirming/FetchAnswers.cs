using DataExport.Grains.Fence;
using DataExport.Grains.Ports;

namespace DataExport.Grains.Confirming;

/// <summary>Turns a fetch's answer for one table into evidence. Pure.</summary>
internal static class FetchAnswers
{
    /// <summary>Evidence for each question that the answer settles; the others stay open.</summary>
    /// <param name="questions">The questions, as they were when the fetch was sent.</param>
    /// <param name="answer">What the source said.</param>
    /// <param name="unannouncedMax">More missing records than this, that no deletion announced, are left open.</param>
    public static FetchOutcome ToEvidence(
        IReadOnlyList<PendingQuestion> questions, FetchedTable answer, int unannouncedMax)
    {
        var rows = new Dictionary<Guid, SourceRow>(answer.Rows.Count);
        foreach (var row in answer.Rows)
        {
            rows[row.RecordId] = row;
        }

        var outside = answer.Outside.ToDictionary(static row => row.RecordId, static row => row.Version);
        var unannounced = questions.Count(question => !rows.ContainsKey(question.RecordId)
            && !outside.ContainsKey(question.RecordId) && !IsAnnounced(question));
        var deletes = answer.IsWholeTableReadable && unannounced <= unannouncedMax;
        var items = new List<MergeItem>(questions.Count);
        foreach (var question in questions)
        {
            if (rows.TryGetValue(question.RecordId, out var row))
            {
                items.Add(ToItem(question, EvidenceKind.FetchedRow, row));
            }
            else if (outside.TryGetValue(question.RecordId, out var version))
            {
                // It exists, so no proof of reading the whole table is needed.
                items.Add(ToItem(
                    question, EvidenceKind.FetchedOutside, new SourceRow(question.RecordId, version, null)));
            }
            else if (deletes)
            {
                items.Add(ToItem(question, EvidenceKind.FetchedAbsent, default));
            }
        }

        return new FetchOutcome(items, MessageFor(answer, unannounced, unannouncedMax));
    }

    /// <summary>What hinders when the caller may not read a table as a whole.</summary>
    public static string NotWholeTable(string table) =>
        $"Table '{table}': the source does not show that the caller reads the whole table, so missing records are not "
        + "deleted. Give the application user organization-level read on it.";

    /// <summary>What hinders when a table's rows do not come.</summary>
    public static string Refused(string table, string refusal) =>
        $"Table '{table}': the source's answer cannot be used, and will be asked for again. {refusal}";

    private static MergeItem ToItem(PendingQuestion question, EvidenceKind kind, SourceRow row) => new(
        question.Table,
        question.RecordId,
        new Evidence(
            kind, Version: row.Version, ExpectedStamp: question.Stamp, QuestionNumber: question.Number,
            // A row that a resync did not bring may bear a version that a restored environment uses again.
            Overrides: question.Reason is UncertainReason.NotInResync),
        row.Columns);

    /// <summary>Whether a message or a delta said that the record was deleted.</summary>
    private static bool IsAnnounced(PendingQuestion question) => question.Reason
        is UncertainReason.DeleteMayBeOld
        or UncertainReason.Tombstone
        or UncertainReason.NotInResync;

    private static string? MessageFor(FetchedTable answer, int unannounced, int unannouncedMax) => answer switch
    {
        { Refusal: { } refusal } =>
            Refused(answer.Table, refusal),
        { IsWholeTableReadable: false } =>
            NotWholeTable(answer.Table),
        _ when unannounced > unannouncedMax =>
            $"Table '{answer.Table}': {unannounced} records are missing at the source and no deletion announced it, "
            + $"more than UnannouncedDeletionsMax ({unannouncedMax}). They are not deleted. Check the application "
            + "user's rights; if they were deleted, raise the limit.",
        _ => null,
    };
}

/// <summary>What a fetch settles, and what hinders the rest.</summary>
internal sealed record FetchOutcome(IReadOnlyList<MergeItem> Items, string? Message);
