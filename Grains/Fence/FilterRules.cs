namespace DataExport.Grains.Fence;

/// <summary>
/// What a table's filter adds to the fence: rules 14 to 18 of decision 46. Pure: no clock, no I/O, no state.
/// </summary>
/// <remarks>
/// A record that was never exported must cost neither a fetch nor a tombstone. So what says that it lies outside leaves
/// no trace, and an answer or a delta page that was read earlier could bring it in for good. Therefore nothing enters
/// by what was read some time ago unless a question is open, and while one is open, it is put again instead of dropping
/// what might contradict its answer.
/// </remarks>
internal static class FilterRules
{
    /// <summary>The verdict, or nothing where the fence's other rules stand as they are.</summary>
    public static Verdict? Decide(in Evidence evidence, in HeldRecord held, bool isLoading) => evidence.Kind switch
    {
        EvidenceKind.NotifiedOutside => DecideNotified(evidence, held),
        EvidenceKind.ReadOutside => DecideRead(evidence, held),
        EvidenceKind.FetchedOutside => DecideFetched(evidence, held),
        EvidenceKind.NotifiedDelete or EvidenceKind.ReadDeletion when held.Kind is HeldKind.Nothing =>
            LeaveNoTrace(evidence, held),                                                               // 17
        EvidenceKind.FetchedAbsent when held.Kind is HeldKind.Nothing =>
            Verdict.Superseded,                                                                         // 17
        EvidenceKind.FetchedRow when !held.IsRow && held.AskedOn is null =>
            Verdict.Ask(UncertainReason.ChangedSinceFetch),                                             // 18
        EvidenceKind.ReadUpsert when !held.IsRow && !isLoading =>
            Verdict.Ask(UncertainReason.EnteredFilter),                                                 // 18
        _ => null,
    };

    private static Verdict DecideNotified(in Evidence evidence, in HeldRecord held) => held.IsRow
        ? Verdict.Ask(UncertainReason.OutsideFilter)                                                    // 14
        : LeaveNoTrace(evidence, held);                                                                 // 17

    private static Verdict DecideRead(in Evidence evidence, in HeldRecord held)
    {
        if (!held.IsRow)
        {
            return LeaveNoTrace(evidence, held);                                                        // 17
        }

        var beganAfterStamp = FenceRules.IsOlder(held.Stamp, evidence.Instant);
        if (held.Kind is HeldKind.ConfirmedRow)
        {
            var isNewer = evidence.Version.IsNewerThan(held.Version) || (evidence.Overrides && beganAfterStamp);
            return isNewer ? Verdict.Delete : Verdict.Superseded;                                       // 15
        }

        return beganAfterStamp
            ? Verdict.Delete                                                                            // 15
            : Verdict.Ask(UncertainReason.ReadBeforeStamp);                                             // 15
    }

    private static Verdict DecideFetched(in Evidence evidence, in HeldRecord held)
    {
        var isHeldNewer = held.Kind is HeldKind.ConfirmedRow
            && !evidence.Version.IsNewerThan(held.Version) && !evidence.Overrides;
        if (!held.IsRow || isHeldNewer)
        {
            return Verdict.Superseded;                                                                  // 16
        }

        return held.Stamp == evidence.ExpectedStamp
            ? Verdict.Delete                                                                            // 16
            : Verdict.Ask(UncertainReason.ChangedSinceFetch);                                           // 16
    }

    /// <summary>
    /// Nothing is written, unless a question is open that this evidence does not answer: its answer may have been read
    /// before, and nothing would contradict it.
    /// </summary>
    private static Verdict LeaveNoTrace(in Evidence evidence, in HeldRecord held)
    {
        var isRead = evidence.Kind is EvidenceKind.ReadOutside or EvidenceKind.ReadDeletion;
        var isOpen = held.AskedOn is not null && !(isRead && held.AskedOn < evidence.Instant);
        return isOpen ? Verdict.Ask(UncertainReason.OutsideFilter) : Verdict.Superseded;
    }
}
