using DataExport.Grains.Fence;
using static DataExport.Grains.Fence.Verdict;
using static DataExport.UncertainReason;

namespace DataExport.Grains.Tests.Fence;

/// <summary>The fence as a table: what comes in, what is held, what is done. Numbers are seconds.</summary>
public sealed class FenceRulesTests
{
    private static readonly DateTime s_time = new(2026, 1, 2, 3, 4, 0, DateTimeKind.Utc);

    private static readonly HeldRecord s_nothing = new(HeldKind.Nothing);

    public static TheoryData<string, Evidence, HeldRecord, bool, Verdict> Rules => new()
    {
        { "1 page, nothing", Read(5), s_nothing, false, WriteConfirmed },
        { "2 page, older version held", Read(5), Confirmed(4), false, WriteConfirmed },
        { "2 page, same version held", Read(5), Confirmed(5), false, Superseded },
        { "2 page, newer version held", Read(5), Confirmed(6), false, Superseded },
        { "2 resync begun after the stamp", Read(5, began: 11, resync: true), Confirmed(6), false, WriteConfirmed },
        { "2 resync begun at the stamp", Read(5, began: 10, resync: true), Confirmed(6), false, Superseded },
        { "2 resync, row without stamp", Read(5, resync: true), Confirmed(6, stamp: null), false, WriteConfirmed },
        { "3 page begun after a provisional row", Read(5, began: 11), Provisional(), false, WriteConfirmed },
        { "3 page begun after a tombstone", Read(5, began: 11), Tombstone(), false, WriteConfirmed },
        { "4 page begun with a provisional row", Read(5, began: 10), Provisional(), false, Ask(ReadBeforeStamp) },
        { "4 page begun before a tombstone", Read(5, began: 9), Tombstone(), false, Ask(ReadBeforeStamp) },
        { "5 fetched row, same version held", Fetched(5, stamp: 10), Confirmed(5), false, Superseded },
        { "5 fetched row, newer version held", Fetched(5, stamp: 3), Confirmed(6), false, Superseded },
        { "5 absent, tombstone", Absent(stamp: 3), Tombstone(), false, Superseded },
        { "5 repair at the same version", Fetched(5, stamp: 10, repair: true), Confirmed(5), false, WriteConfirmed },
        { "6 fetched row, stamp as sent", Fetched(5, stamp: 10), Provisional(), false, WriteConfirmed },
        { "6 fetched row, nothing then and now", Fetched(5, stamp: null), s_nothing, false, WriteConfirmed },
        { "6 fetched row over a tombstone", Fetched(5, stamp: 10), Tombstone(), false, WriteConfirmed },
        { "6 absent, stamp as sent", Absent(stamp: 10), Confirmed(5), false, Delete },
        { "6 absent, nothing then and now", Absent(stamp: null), s_nothing, false, Delete },
        { "7 fetched row, stamped since", Fetched(5, stamp: 9), Provisional(), false, Ask(ChangedSinceFetch) },
        { "7 absent, stamped since", Absent(stamp: 9), Confirmed(5), false, Ask(ChangedSinceFetch) },
        { "7 absent, row came since", Absent(stamp: null), Provisional(), false, Ask(ChangedSinceFetch) },
        { "8 create, nothing", Created(5), s_nothing, false, WriteProvisional },
        { "8 create, nothing, loading", Created(5), s_nothing, true, WriteProvisional },
        { "9 update of an older provisional row", Updated(6), Provisional(modified: 5), false, WriteProvisional },
        { "9 update after a confirmed row's stamp", Updated(11), Confirmed(5, modified: 5), false, WriteProvisional },
        { "9 update at a confirmed row's stamp", Updated(10), Confirmed(5, modified: 5), false, Ask(MayBeHeld) },
        {
            "9 update of a row without stamp",
            Updated(6),
            Confirmed(5, modified: 5, stamp: null),
            false,
            WriteProvisional
        },
        { "10 update, nothing, loading", Updated(5), s_nothing, true, Superseded },
        { "11 delete, nothing", Deleted(5), s_nothing, false, Delete },
        { "11 delete, tombstone", Deleted(5), Tombstone(), false, Delete },
        { "11 delta deletion, nothing", DeletedInDelta(5), s_nothing, true, Delete },
        { "12 delete more than 5 s after the stamp", Deleted(16), Provisional(), false, Delete },
        { "12 delete 5 s after the stamp", Deleted(15), Provisional(), false, Ask(DeleteMayBeOld) },
        { "12 delta deletion begun after the stamp", DeletedInDelta(11), Confirmed(5), false, Delete },
        { "12 delta deletion begun at the stamp", DeletedInDelta(10), Confirmed(5), false, Ask(DeleteMayBeOld) },
        { "13 update of the same second", Updated(5), Provisional(modified: 5), false, Ask(NotNewer) },
        { "13 update of an earlier second", Updated(4), Provisional(modified: 5), false, Ask(NotNewer) },
        { "13 update of a missing row", Updated(5), s_nothing, false, Ask(MissingRow) },
        { "13 update, tombstone", Updated(50), Tombstone(), true, Ask(UncertainReason.Tombstone) },
        { "13 create, tombstone", Created(50), Tombstone(), false, Ask(UncertainReason.Tombstone) },
        { "13 create, row", Created(50), Confirmed(5), false, Ask(NotNewer) },
        { "13 create without modifiedon", Created(null), s_nothing, false, Ask(NoModifiedOn) },
        { "13 update without modifiedon", Updated(null), Provisional(), false, Ask(NoModifiedOn) },
        { "13 delete without time", Deleted(null), Provisional(), false, Ask(DeleteMayBeOld) },
        { "13 question", new(EvidenceKind.Question, Reason: Truncated), s_nothing, false, Ask(Truncated) },
        { "moved, that version held", Moved(5), Confirmed(5), true, Superseded },
        { "moved, older version held", Moved(5), Confirmed(4), true, Ask(MovedDuringLoad) },
        { "moved, provisional row", Moved(5), Provisional(), true, Ask(MovedDuringLoad) },
        { "moved, nothing", Moved(5), s_nothing, true, Ask(MovedDuringLoad) },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void Decide_ByTheTable_GivesTheVerdict(
        string rule, Evidence evidence, HeldRecord held, bool isLoading, Verdict expected) =>
        FenceRules.Decide(evidence, held, isLoading).ShouldBe(expected, rule);

    [Fact]
    public void Decide_UnknownEvidence_Throws() => Should.Throw<ArgumentOutOfRangeException>(
        () => FenceRules.Decide(new Evidence((EvidenceKind)99), s_nothing, false));

    private static Evidence Read(long version, int began = 100, bool resync = false) =>
        new(EvidenceKind.ReadUpsert, At(began), new VersionNumber(version), Overrides: resync);

    private static Evidence Moved(long version) => new(EvidenceKind.Moved, At(100), new VersionNumber(version));

    private static Evidence Fetched(long version, int? stamp, bool repair = false) => new(
        EvidenceKind.FetchedRow, Version: new VersionNumber(version), ExpectedStamp: At(stamp), Overrides: repair);

    private static Evidence Absent(int? stamp) => new(EvidenceKind.FetchedAbsent, ExpectedStamp: At(stamp));

    private static Evidence Created(int? modified) => new(EvidenceKind.NotifiedCreate, At(modified));

    private static Evidence Updated(int? modified) => new(EvidenceKind.NotifiedUpdate, At(modified));

    private static Evidence Deleted(int? operation) => new(EvidenceKind.NotifiedDelete, At(operation));

    private static Evidence DeletedInDelta(int began) => new(EvidenceKind.ReadDeletion, At(began));

    private static HeldRecord Confirmed(long version, int modified = 1, int? stamp = 10) =>
        new(HeldKind.ConfirmedRow, new VersionNumber(version), At(modified), At(stamp));

    private static HeldRecord Provisional(int modified = 1) =>
        new(HeldKind.ProvisionalRow, default, At(modified), At(10));

    private static HeldRecord Tombstone() => new(HeldKind.Tombstone, Stamp: At(10));

    private static Verdict Ask(UncertainReason reason) => Verdict.Ask(reason);

    private static DateTime? At(int? seconds) => seconds is { } count ? s_time.AddSeconds(count) : null;
}
