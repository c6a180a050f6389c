using DataExport.Grains.Confirming;
using DataExport.Grains.Fence;
using DataExport.Grains.Ports;

namespace DataExport.Grains.Reconciling;

/// <summary>A row that differs, and what repairs it.</summary>
internal sealed record ProvenDrift(RowDrift Drift, MergeItem Repair);

/// <summary>What one group of suspects came to.</summary>
/// <param name="Drifts">The rows that differ.</param>
/// <param name="Undecided">How many may differ, which the source did not let be known.</param>
/// <param name="Message">Why it did not.</param>
/// <param name="Requests">Requests to the source.</param>
internal sealed record ProvenGroup(
    IReadOnlyList<ProvenDrift> Drifts, int Undecided = 0, string? Message = null, int Requests = 0);

/// <summary>
/// Asks source and target once more about suspects. Only what did not change since the walk can show a drift: all else
/// is on its way by messages and deltas.
/// </summary>
/// <param name="context">The run.</param>
/// <param name="table">The table.</param>
/// <param name="began">When the walk began, by the target's clock.</param>
internal sealed class DriftProof(ReconcileContext context, TableDefinition table, DateTime began)
{
    private readonly ITarget _target = context.Runtime.Target;

    private bool WithCells => context.Request.Cells;

    /// <summary>
    /// The stamps are read before the fetch is sent: a repair by an answer that another write has overtaken meets
    /// another stamp, and becomes a question.
    /// </summary>
    public async Task<ProvenGroup> RunAsync(IReadOnlyList<Suspect> group, CancellationToken cancellationToken)
    {
        var suspects = new Dictionary<Guid, Suspect>(group.Count);
        foreach (var suspect in group)
        {
            // A row that moved while it was walked came twice: what came last was read last.
            suspects[suspect.RecordId] = suspect;
        }

        var held = await context.AskAsync(
            () => _target.ReadHeldAsync(table.Name, [.. suspects.Keys], cancellationToken), cancellationToken);
        var open = held.Where(each => DriftRules.IsOpen(suspects[each.RecordId], each, began, WithCells)).ToArray();
        if (open.Length == 0)
        {
            return new ProvenGroup([]);
        }

        var request = new FetchRequest(table, [.. open.Select(static each => each.RecordId)]);
        var answers = await context.AskAsync(
            () => context.Runtime.Source.FetchAsync([request], cancellationToken), cancellationToken);
        var decided = Decide(suspects, open, answers[0]);
        var altered = await CompareAsync(decided.ToCompare, open, cancellationToken);
        return decided.Group with { Drifts = [.. decided.Group.Drifts, .. altered] };
    }

    private (ProvenGroup Group, List<SourceRow> ToCompare) Decide(
        Dictionary<Guid, Suspect> suspects, HeldRow[] open, FetchedTable answer)
    {
        var (drifts, toCompare, undecided) = (new List<ProvenDrift>(), new List<SourceRow>(), 0);
        var rows = answer.Rows.DistinctBy(static row => row.RecordId).ToDictionary(static row => row.RecordId);
        var outside = answer.Outside.ToDictionary(static row => row.RecordId, static row => row.Version);
        foreach (var held in open)
        {
            var suspect = suspects[held.RecordId];
            if (rows.TryGetValue(held.RecordId, out var row))
            {
                DecideRow(suspect, held, row, (drifts, toCompare));
            }
            else if (answer.Refusal is not null || (suspect.IsExtra && !IsShown(held, answer, outside)))
            {
                undecided++;
            }
            else if (suspect.IsExtra)
            {
                drifts.Add(outside.TryGetValue(held.RecordId, out var version)
                    ? Drift(DriftKind.Extra, held, EvidenceKind.FetchedOutside, new(held.RecordId, version, null))
                    : Drift(DriftKind.Extra, held, EvidenceKind.FetchedAbsent, default));
            }

            // Else it was deleted, or left the filter, since it was walked.
        }

        return (new ProvenGroup(drifts, undecided, MessageOf(answer, undecided), Requests: 1), toCompare);
    }

    /// <summary>Whether the answer shows that a record which it does not bring does not belong here.</summary>
    private static bool IsShown(
        in HeldRow held, FetchedTable answer, Dictionary<Guid, VersionNumber> outside) =>
        answer.IsWholeTableReadable || outside.ContainsKey(held.RecordId);

    private void DecideRow(
        in Suspect suspect, in HeldRow held, in SourceRow row,
        (List<ProvenDrift> Drifts, List<SourceRow> ToCompare) into)
    {
        if (row.Version != suspect.Walked)
        {
            // Created or changed since it was walked, or after that: a message or a delta brings it.
            return;
        }

        if (DriftRules.OfVersions(row.Version, held) is { } kind)
        {
            into.Drifts.Add(Drift(kind, held, EvidenceKind.FetchedRow, row));
        }
        else if (WithCells)
        {
            into.ToCompare.Add(row);
        }
    }

    private async Task<IEnumerable<ProvenDrift>> CompareAsync(
        List<SourceRow> rows, HeldRow[] open, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        var different = await context.AskAsync(
            () => _target.CompareCellsAsync(table.Name, rows, cancellationToken), cancellationToken);
        var byId = rows.ToDictionary(static row => row.RecordId);
        var held = open.ToDictionary(static each => each.RecordId);
        return different.Select(each =>
        {
            var drift = Drift(DriftKind.Altered, held[each.RecordId], EvidenceKind.FetchedRow, byId[each.RecordId]);
            return drift with { Drift = drift.Drift with { Columns = each.Columns } };
        });
    }

    private ProvenDrift Drift(DriftKind kind, in HeldRow held, EvidenceKind evidence, in SourceRow row) => new(
        new RowDrift(held.RecordId, kind, []),
        new MergeItem(
            table.Name,
            held.RecordId,
            new Evidence(evidence, Version: row.Version, ExpectedStamp: held.Stamp, Overrides: true),
            row.Columns));

    private string? MessageOf(FetchedTable answer, int undecided) =>
        undecided == 0 ? null
        : answer.Refusal is { } refusal ? FetchAnswers.Refused(table.Name, refusal)
        : FetchAnswers.NotWholeTable(table.Name);
}
