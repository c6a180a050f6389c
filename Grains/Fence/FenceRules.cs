namespace DataExport.Grains.Fence;

/// <summary>
/// Decides what the target does with evidence: the thirteen rules of the fence, and
/// <see cref="FilterRules"/> where a table has a filter. Pure: no clock, no I/O, no state.
/// </summary>
/// <remarks>
/// The merge of every target asks this, or says the same in SQL, inside the transaction that writes. So no older value
/// ever replaces a newer one, whatever arrives twice, late or out of order, and whatever a grain has forgotten.
/// </remarks>
public static class FenceRules
{
    /// <summary>The difference between the clocks of source and target that a delete notification is granted.</summary>
    public static readonly TimeSpan DeleteMargin = TimeSpan.FromSeconds(5);

    /// <param name="evidence">What is known.</param>
    /// <param name="held">What the target holds, read in the same transaction.</param>
    /// <param name="isLoading">Whether the table's initial sync runs.</param>
    /// <param name="isFiltered">Whether the table exports some of its rows only.</param>
    public static Verdict Decide(
        in Evidence evidence, in HeldRecord held, bool isLoading, bool isFiltered = false) =>
        isFiltered && FilterRules.Decide(evidence, held, isLoading) is { } verdict
            ? verdict
            : Decide(evidence, held, isLoading);

    private static Verdict Decide(in Evidence evidence, in HeldRecord held, bool isLoading) => evidence.Kind switch
    {
        EvidenceKind.ReadUpsert => DecideReadUpsert(evidence, held),
        EvidenceKind.FetchedRow or EvidenceKind.FetchedAbsent => DecideFetched(evidence, held),
        EvidenceKind.NotifiedCreate => DecideCreate(evidence, held),
        EvidenceKind.NotifiedUpdate => DecideUpdate(evidence, held, isLoading),
        EvidenceKind.ReadDeletion or EvidenceKind.NotifiedDelete => DecideDeletion(evidence, held),
        EvidenceKind.Moved => DecideMoved(evidence, held),
        EvidenceKind.Question => Verdict.Ask(evidence.Reason),                                          // 13

        // Decoded or read while the profile had a filter, which it has no more.
        EvidenceKind.NotifiedOutside or EvidenceKind.ReadOutside or EvidenceKind.FetchedOutside =>
            Verdict.Ask(UncertainReason.OutsideFilter),                                                 // 13
        _ => throw new ArgumentOutOfRangeException(nameof(evidence), evidence.Kind, "This evidence has no rule."),
    };

    private static Verdict DecideReadUpsert(in Evidence evidence, in HeldRecord held)
    {
        if (held.Kind is HeldKind.Nothing)
        {
            return Verdict.WriteConfirmed;                                                              // 1
        }

        var beganAfterStamp = IsOlder(held.Stamp, evidence.Instant);
        if (held.Kind is HeldKind.ConfirmedRow)
        {
            var writes = evidence.Version.IsNewerThan(held.Version) || (evidence.Overrides && beganAfterStamp);
            return writes ? Verdict.WriteConfirmed : Verdict.Superseded;                                // 2
        }

        return beganAfterStamp
            ? Verdict.WriteConfirmed                                                                    // 3
            : Verdict.Ask(UncertainReason.ReadBeforeStamp);                                             // 4
    }

    /// <summary>Rule 2 where only the version is known: what is not held yet must be fetched.</summary>
    private static Verdict DecideMoved(in Evidence evidence, in HeldRecord held) =>
        held.Kind is HeldKind.ConfirmedRow && !evidence.Version.IsNewerThan(held.Version)
            ? Verdict.Superseded
            : Verdict.Ask(UncertainReason.MovedDuringLoad);

    private static Verdict DecideFetched(in Evidence evidence, in HeldRecord held)
    {
        var isRow = evidence.Kind is EvidenceKind.FetchedRow;
        var isHeld = isRow
            ? held.Kind is HeldKind.ConfirmedRow && !evidence.Version.IsNewerThan(held.Version) && !evidence.Overrides
            : held.Kind is HeldKind.Tombstone;
        if (isHeld)
        {
            return Verdict.Superseded;                                                                  // 5
        }

        if (held.Stamp != evidence.ExpectedStamp)
        {
            return Verdict.Ask(UncertainReason.ChangedSinceFetch);                                      // 7
        }

        return isRow ? Verdict.WriteConfirmed : Verdict.Delete;                                         // 6
    }

    private static Verdict DecideCreate(in Evidence evidence, in HeldRecord held) => held.Kind switch
    {
        HeldKind.Tombstone => Verdict.Ask(UncertainReason.Tombstone),                                   // 13
        _ when evidence.Instant is null => Verdict.Ask(UncertainReason.NoModifiedOn),                   // 13
        HeldKind.Nothing => Verdict.WriteProvisional,                                                   // 8
        _ => Verdict.Ask(UncertainReason.NotNewer),                                                     // 13
    };

    private static Verdict DecideUpdate(in Evidence evidence, in HeldRecord held, bool isLoading)
    {
        if (held.Kind is HeldKind.Tombstone)
        {
            return Verdict.Ask(UncertainReason.Tombstone);                                              // 13
        }

        if (held.Kind is HeldKind.Nothing)
        {
            return isLoading ? Verdict.Superseded : Verdict.Ask(UncertainReason.MissingRow);            // 10, 13
        }

        if (evidence.Instant is null || held.ModifiedOn is null)
        {
            return Verdict.Ask(UncertainReason.NoModifiedOn);                                           // 13
        }

        if (evidence.Instant <= held.ModifiedOn)
        {
            return Verdict.Ask(UncertainReason.NotNewer);                                               // 13
        }

        var mayBeHeld = held.Kind is HeldKind.ConfirmedRow && !IsOlder(held.Stamp, evidence.Instant);
        return mayBeHeld ? Verdict.Ask(UncertainReason.MayBeHeld) : Verdict.WriteProvisional;           // 13, 9
    }

    private static Verdict DecideDeletion(in Evidence evidence, in HeldRecord held)
    {
        if (held.Kind is HeldKind.Nothing or HeldKind.Tombstone)
        {
            return Verdict.Delete;                                                                      // 11
        }

        var margin = evidence.Kind is EvidenceKind.NotifiedDelete ? DeleteMargin : TimeSpan.Zero;
        return IsOlder(held.Stamp, evidence.Instant - margin)
            ? Verdict.Delete                                                                            // 12
            : Verdict.Ask(UncertainReason.DeleteMayBeOld);                                              // 13
    }

    /// <summary>
    /// Whether a stamp is older than an instant. No stamp is the oldest; an untold instant proves nothing.
    /// </summary>
    internal static bool IsOlder(DateTime? stamp, DateTime? instant) =>
        instant is not null && (stamp is null || stamp < instant);
}
