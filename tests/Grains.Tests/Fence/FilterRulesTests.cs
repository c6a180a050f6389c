using DataExport.Grains.Fence;
using static DataExport.Grains.Fence.Verdict;
using static DataExport.UncertainReason;

namespace DataExport.Grains.Tests.Fence;

/// <summary>The fence of a table with a filter: rules 14 to 18. Numbers are seconds.</summary>
public sealed class FilterRulesTests
{
    private static readonly DateTime s_time = new(2026, 1, 2, 3, 4, 0, DateTimeKind.Utc);

    private static readonly HeldRecord s_nothing = new(HeldKind.Nothing);
    private static readonly HeldRecord s_asked = new(HeldKind.Nothing, AskedOn: At(20));
    private static readonly HeldRecord s_tombstone = new(HeldKind.Tombstone, Stamp: At(10));
    private static readonly HeldRecord s_askedTombstone = s_tombstone with { AskedOn = At(20) };
    private static readonly HeldRecord s_provisional = new(HeldKind.ProvisionalRow, default, At(1), At(10));

    public static TheoryData<string, Evidence, HeldRecord, bool, Verdict> Rules => new()
    {
        { "14 notified, confirmed row", Notified(5), Confirmed(5), false, Ask(OutsideFilter) },
        { "14 notified, provisional row", Notified(5), s_provisional, false, Ask(OutsideFilter) },
        { "15 read, older version held", Read(5), Confirmed(4), false, Delete },
        { "15 read, same version held", Read(5), Confirmed(5), false, Superseded },
        { "15 read, newer version held", Read(5), Confirmed(6), false, Superseded },
        { "15 resync begun after the stamp", Read(5, 11, resync: true), Confirmed(6), false, Delete },
        { "15 resync begun at the stamp", Read(5, 10, resync: true), Confirmed(6), false, Superseded },
        { "15 read begun after a provisional row", Read(5, 11), s_provisional, false, Delete },
        { "15 read begun with a provisional row", Read(5, 10), s_provisional, false, Ask(ReadBeforeStamp) },
        { "16 fetched, stamp as sent", Fetched(5, stamp: 10), s_provisional, false, Delete },
        { "16 fetched, stamped since", Fetched(5, stamp: 9), s_provisional, false, Ask(ChangedSinceFetch) },
        { "16 fetched, same version held", Fetched(5, stamp: 10), Confirmed(5), false, Superseded },
        { "16 repair at the same version", Fetched(5, stamp: 10, repair: true), Confirmed(5), false, Delete },
        { "16 fetched, older version held", Fetched(5, stamp: 10), Confirmed(4), false, Delete },
        { "16 fetched, nothing", Fetched(5, stamp: null), s_asked, false, Superseded },
        { "16 fetched, tombstone", Fetched(5, stamp: 3), s_askedTombstone, false, Superseded },
        { "17 notified, nothing", Notified(5), s_nothing, false, Superseded },
        { "17 notified, nothing and a question", Notified(5), s_asked, false, Ask(OutsideFilter) },
        { "17 notified, tombstone", Notified(5), s_tombstone, false, Superseded },
        { "17 notified, tombstone and a question", Notified(5), s_askedTombstone, false, Ask(OutsideFilter) },
        { "17 read, nothing", Read(5), s_nothing, false, Superseded },
        { "17 read begun after the question", Read(5, 21), s_asked, false, Superseded },
        { "17 read begun with the question", Read(5, 20), s_asked, false, Ask(OutsideFilter) },
        { "17 read begun with a tombstone's question", Read(5, 20), s_askedTombstone, false, Ask(OutsideFilter) },
        { "17 delete, nothing", Deleted(), s_nothing, false, Superseded },
        { "17 delete, nothing and a question", Deleted(), s_asked, false, Ask(OutsideFilter) },
        { "17 delta deletion, nothing", DeletedInDelta(100), s_nothing, true, Superseded },
        { "17 delta deletion begun with the question", DeletedInDelta(20), s_asked, false, Ask(OutsideFilter) },
        { "17 absent, nothing", new(EvidenceKind.FetchedAbsent), s_asked, false, Superseded },
        { "11 delete, tombstone", Deleted(), s_tombstone, false, Delete },
        { "12 delta deletion, row", DeletedInDelta(11), Confirmed(5), false, Delete },
        { "18 fetched row, nothing and no question", Inside(null), s_nothing, false, Ask(ChangedSinceFetch) },
        { "18 fetched row, tombstone and no question", Inside(10), s_tombstone, false, Ask(ChangedSinceFetch) },
        { "6 fetched row, nothing and its question", Inside(null), s_asked, false, WriteConfirmed },
        { "6 fetched row, tombstone and its question", Inside(10), s_askedTombstone, false, WriteConfirmed },
        { "18 delta, nothing", Upsert(), s_nothing, false, Ask(EnteredFilter) },
        { "18 delta, tombstone", Upsert(), s_tombstone, false, Ask(EnteredFilter) },
        { "1 page, nothing, loading", Upsert(), s_nothing, true, WriteConfirmed },
        { "2 delta, older version held", Upsert(), Confirmed(4), false, WriteConfirmed },
        { "8 create, nothing", new(EvidenceKind.NotifiedCreate, At(5)), s_nothing, false, WriteProvisional },
        { "13 update, nothing", new(EvidenceKind.NotifiedUpdate, At(5)), s_nothing, false, Ask(MissingRow) },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void Decide_OfAFilteredTable_GivesTheVerdict(
        string rule, Evidence evidence, HeldRecord held, bool isLoading, Verdict expected) =>
        FenceRules.Decide(evidence, held, isLoading, isFiltered: true).ShouldBe(expected, rule);

    [Fact]
    public void Decide_WithoutFilter_StillWritesTombstones() =>
        FenceRules.Decide(Deleted(), s_nothing, isLoading: false).ShouldBe(Delete);

    private static Evidence Notified(int modified) => new(EvidenceKind.NotifiedOutside, At(modified));

    private static Evidence Read(long version, int began = 100, bool resync = false) =>
        new(EvidenceKind.ReadOutside, At(began), new VersionNumber(version), Overrides: resync);

    private static Evidence Upsert() => new(EvidenceKind.ReadUpsert, At(100), new VersionNumber(5));

    private static Evidence Fetched(long version, int? stamp, bool repair = false) => new(
        EvidenceKind.FetchedOutside, Version: new VersionNumber(version), ExpectedStamp: At(stamp), Overrides: repair);

    private static Evidence Inside(int? stamp) =>
        new(EvidenceKind.FetchedRow, Version: new VersionNumber(5), ExpectedStamp: At(stamp));

    private static Evidence Deleted() => new(EvidenceKind.NotifiedDelete, At(50));

    private static Evidence DeletedInDelta(int began) => new(EvidenceKind.ReadDeletion, At(began));

    private static HeldRecord Confirmed(long version) =>
        new(HeldKind.ConfirmedRow, new VersionNumber(version), At(1), At(10));

    private static Verdict Ask(UncertainReason reason) => Verdict.Ask(reason);

    private static DateTime? At(int? seconds) => seconds is { } count ? s_time.AddSeconds(count) : null;
}
