using DataExport.Grains.Fence;
using DataExport.Grains.Ports;

namespace DataExport.Targets.Tests.Contract;

/// <summary>
/// Pages of an initial sync, which an engine may write in a quicker way: nobody must see a difference.
/// </summary>
public abstract partial class TargetContract
{
    [ContractFact]
    public async Task SyncState_IsReadAsItWasSaved()
    {
        await using var test = await StartLoadedAsync();
        var state = new TableSyncState
        {
            Table = "contact", Phase = TableSyncPhase.Load, NextLink = "next", DeltaLink = "delta", RowsDone = 5,
            RowsTotal = 6, IsResync = true, BeganOn = test.Clock.Now, LastDeltaOn = test.Clock.Now.AddSeconds(1),
            Message = "fine", Scope = "0123", RefreshedOn = test.Clock.Now.AddSeconds(2), NewestId = Guid.NewGuid(),
            NewestVersion = new VersionNumber(long.MaxValue), DeltaHasIdsOnly = true,
        };

        await test.Target.SaveSyncStateAsync(state, default);

        (await test.StateAsync()).ShouldBe(state);
    }

    private const int PageRows = 600;

    [ContractFact]
    public async Task Page_LastTextLongerThanItsColumn_IsStoredWhole()
    {
        await using var test = await StartAsync(Tables.Contact);

        var results = await test.Target.MergeAsync([.. Page(PageRows), PageItem(Record, Letters(300))], default);

        results.ShouldAllBe(static result => result.Status == ApplyStatus.Applied);
        (await test.Target.CountRowsAsync("contact", default)).ShouldBe(PageRows + 1);
        test.Row(Record)!["fullname"].ShouldBe(Letters(300));
    }

    [ContractFact]
    public async Task Page_RowInTheMiddleIsThereAlready_AnswersForEachByTheFence()
    {
        await using var test = await StartAsync(Tables.Contact);
        await test.LoadAsync(Record, version: 7);

        var results = await test.Target.MergeAsync(
            [.. Page(PageRows), PageItem(Record, "Old"), .. Page(PageRows)], default);

        results[PageRows].ShouldBe(ApplyResult.Superseded);
        results.Count(static result => result.Status == ApplyStatus.Applied).ShouldBe(2 * PageRows);
        test.Row(Record)!["fullname"].ShouldBe("Ann");
        (await test.Target.CountRowsAsync("contact", default)).ShouldBe((2 * PageRows) + 1);
    }

    [ContractFact]
    public async Task Page_HoldsARecordTwice_StoresItsHigherVersion()
    {
        await using var test = await StartAsync(Tables.Contact);

        await test.Target.MergeAsync(
            [.. Page(PageRows), Newer(PageItem(Record, "")), PageItem(Record, "Older")], default);

        test.Row(Record)!["fullname"].ShouldBe("Newer");
    }

    [ContractFact]
    public async Task Page_RowsStampedAtThisVeryTime_GetLaterStamps()
    {
        await using var test = await StartAsync(Tables.Contact);
        test.PageRowsMin = 1;
        await test.EndLoadAsync();
        var page = Page(3);
        await test.Target.MergeAsync(page, default);
        var before = test.Rows("SELECT Id, SinkModifiedOn FROM crm_contact ORDER BY Id");

        var results = await test.Target.MergeAsync([.. page.Select(Newer)], default);

        results.ShouldAllBe(static result => result.Status == ApplyStatus.Applied);
        var after = test.Rows("SELECT Id, SinkModifiedOn, fullname FROM crm_contact ORDER BY Id");
        after.Select(static row => row["fullname"]).ShouldAllBe(static name => Equals(name, "Newer"));
        after.Zip(before).ShouldAllBe(
            static pair => Time(pair.First["SinkModifiedOn"]) > Time(pair.Second["SinkModifiedOn"]));
    }

    [ContractFact]
    public async Task Page_ColumnsCameSince_IsWrittenWithThem()
    {
        var narrow = Tables.Contact with { Columns = [.. Tables.Contact.Columns.SkipLast(1)] };
        await using var test = await StartAsync(narrow);
        test.PageRowsMin = 1;
        await test.EndLoadAsync();
        await test.Target.MergeAsync(
            [PageItem(Record, "Ann") with { Columns = Tables.ValuesOf(narrow, ("fullname", "Ann")) }], default);

        await test.RestartAsync(Tables.Contact);
        await test.EndLoadAsync();
        var results = await test.Target.MergeAsync([Newer(PageItem(Record, "")), .. Page(3)], default);

        results.ShouldAllBe(static result => result.Status == ApplyStatus.Applied);
        test.Row(Record)!["fullname"].ShouldBe("Newer");
        (await test.Target.CountRowsAsync("contact", default)).ShouldBe(4);
    }

    [ContractFact]
    public async Task Page_AfterADeletion_LeavesTheTombstoneToTheFence()
    {
        await using var test = await StartAsync(Tables.Contact);
        await test.NotifyDeleteAsync(Record);

        var results = await test.Target.MergeAsync([.. Page(PageRows), PageItem(Record, "Ghost")], default);

        results[^1].Question.ShouldBe(UncertainReason.ReadBeforeStamp);
        test.Row(Record).ShouldBeNull();
    }

    [ContractFact]
    public async Task Page_BadRowBehindMegabytes_IsRefusedAndTheRestIsStoredWithoutIt()
    {
        await using var test = await StartAsync(Tables.AllTypes);
        var good = Enumerable.Range(0, 20)
            .Select(_ => SampleItem(test, NewId(), "description", new string('x', 100_000))).ToList();

        var refusal = await Should.ThrowAsync<TargetRefusedException>(() => test.Target.MergeAsync(
            [.. good, SampleItem(test, Record, "latitude", double.NaN)], default));

        refusal.Message.ShouldContain("'latitude'");
        var results = await test.Target.MergeAsync(
            [.. good, SampleItem(test, Record, "name", Letters(300))], default);
        results.ShouldAllBe(static result => result.Status == ApplyStatus.Applied);
        (await test.Target.CountRowsAsync("sample", default)).ShouldBe(21);
    }

    private static MergeItem Newer(MergeItem item) => PageItem(item.RecordId, "Newer") with
    {
        Evidence = new Evidence(EvidenceKind.ReadUpsert, DateTime.UnixEpoch, new(2)),
    };

    private static MergeItem[] Page(int rows) =>
        [.. Enumerable.Range(0, rows).Select(static _ => PageItem(NewId(), "Ann"))];
}
