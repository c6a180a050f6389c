using DataExport.Grains.Fence;
using DataExport.Grains.Ports;

namespace DataExport.Targets.Tests.Contract;

/// <summary>Stamps, the delete log, and what a tombstone becomes.</summary>
public abstract partial class TargetContract
{

    [ContractTheory]
    [InlineData(0, ".004")]
    [InlineData(3.9, ".004")]
    [InlineData(4, ".004")]
    [InlineData(5.7, ".005")]
    public async Task Merge_WrittenAgainSoon_StampsAtLeastFourMillisecondsLater(double milliseconds, string expected)
    {
        await using var test = await StartAsync(Tables.Contact);
        await test.LoadAsync(Record, version: 1);
        test.Clock.AdvanceMilliseconds(milliseconds);

        await test.LoadAsync(Record, version: 2);

        test.Row(Record)!["SinkModifiedOn"].ShouldBe(test.Kept("2026-03-01 12:00:00" + expected));
    }

    [ContractFact]
    public async Task Merge_ClockSetBack_StillStampsLater()
    {
        await using var test = await StartAsync(Tables.Contact);
        await test.LoadAsync(Record, version: 1);
        test.Clock.Advance(TimeSpan.FromHours(-1));

        await test.LoadAsync(Record, version: 2);

        test.Row(Record)!["SinkModifiedOn"].ShouldBe(test.Kept("2026-03-01 12:00:00.004"));
    }

    [ContractFact]
    public async Task Merge_ClockOfAnotherSiloIs300MillisecondsBehind_StillStampsLater()
    {
        await using var test = await StartAsync(Tables.Contact);
        await using var other = test.NewInstance();
        await other.ProvisionAsync([Tables.Contact], default);
        await test.LoadAsync(Record, version: 1);
        test.Clock.AdvanceMilliseconds(-300);

        await other.MergeAsync([Read("contact", test.Clock.Now, 2, "Bea")], default);

        test.Row(Record)!["fullname"].ShouldBe("Bea");
        test.Row(Record)!["SinkModifiedOn"].ShouldBe(test.Kept("2026-03-01 12:00:00.004"));
    }

    [ContractFact]
    public async Task Merge_SameRecordTwiceInABatch_StampsEachWrite()
    {
        await using var test = await StartAsync(Tables.Contact);
        var began = test.Clock.Now.AddSeconds(-1);

        await test.Target.MergeAsync([Read("contact", began, 1, "Ann"), Read("contact", began, 2, "Bea")], default);

        test.Row(Record)!["SinkCreatedOn"].ShouldBe("2026-03-01 12:00:00.000");
        test.Row(Record)!["SinkModifiedOn"].ShouldBe(test.Kept("2026-03-01 12:00:00.004"));
        test.Row(Record)!["fullname"].ShouldBe("Bea");
    }

    [ContractFact]
    public async Task Merge_ConfirmedAgain_KeepsSinkCreatedOnAndEmptiesWhatTheSourceEmptied()
    {
        await using var test = await StartAsync(Tables.Contact);
        await test.LoadAsync(Record, version: 1);
        test.Clock.Advance(TimeSpan.FromMinutes(1));

        await test.ReadAsync(Record, test.Clock.Now, version: 2, "Bea");

        test.Row(Record)!["SinkCreatedOn"].ShouldBe("2026-03-01 12:00:00.000");
        test.Row(Record)!["city"].ShouldBeNull();
    }

    [ContractFact]
    public async Task Delete_RowJustStamped_StampsTheTombstoneLaterThanTheRow()
    {
        await using var test = await StartAsync(Tables.Contact);
        await test.LoadAsync(Record, version: 1);

        await test.MergeAsync(Record, new Evidence(EvidenceKind.FetchedAbsent, ExpectedStamp: test.Clock.Now));

        test.DeleteLog(Record).Single()["SinkDeleteTime"].ShouldBe(test.Kept("2026-03-01 12:00:00.004"));
    }

    [ContractFact]
    public async Task Delete_LearntTwice_KeepsOneEntryAndStampsItAnew()
    {
        await using var test = await StartAsync(Tables.Contact);
        await test.MergeAsync(Record, new Evidence(EvidenceKind.NotifiedDelete, test.Clock.Now));
        test.Clock.Advance(TimeSpan.FromSeconds(1));

        await test.MergeAsync(Record, new Evidence(EvidenceKind.ReadDeletion, test.Clock.Now));

        var entry = test.DeleteLog(Record).Single();
        entry["EntityName"].ShouldBe("contact");
        entry["SinkDeleteTime"].ShouldBe("2026-03-01 12:00:01.000");
    }

    [ContractFact]
    public async Task Delete_RecordRestoredBetween_HasAnEntryForEachDeletion()
    {
        await using var test = await StartAsync(Tables.Contact);
        await test.MergeAsync(Record, new Evidence(EvidenceKind.NotifiedDelete, test.Clock.Now));
        test.Clock.Advance(TimeSpan.FromSeconds(1));
        await test.ReadAsync(Record, test.Clock.Now, version: 5, "Back");
        test.Clock.Advance(TimeSpan.FromSeconds(1));

        await test.MergeAsync(Record, new Evidence(EvidenceKind.ReadDeletion, test.Clock.Now));

        test.DeleteLog(Record).Select(entry => entry["SinkDeleteTime"])
            .ShouldBe(["2026-03-01 12:00:00.000", "2026-03-01 12:00:02.000"]);
    }

    [ContractFact]
    public async Task Restored_TombstoneLeft_IsHistoryAndTheRowCounts()
    {
        await using var test = await StartAsync(Tables.Contact);
        await test.MergeAsync(Record, new Evidence(EvidenceKind.NotifiedDelete, test.Clock.Now));
        test.Clock.Advance(TimeSpan.FromSeconds(1));
        var modifiedOn = test.Clock.Now;
        await test.MergeAsync(
            Record,
            new Evidence(EvidenceKind.ReadUpsert, modifiedOn, new(5)),
            Tables.Values("Back", modifiedOn: modifiedOn));

        var result = await test.NotifyUpdateAsync(Record, modifiedOn.AddSeconds(1), "Changed");

        result.ShouldBe(ApplyResult.Applied);
        test.DeleteLog(Record).Count.ShouldBe(1);
        test.Row(Record)!["fullname"].ShouldBe("Changed");
    }

    [ContractFact]
    public async Task Delete_OtherRecordsVersionsKnown_LogsTheHighestOfTheTableOnly()
    {
        await using var test = await StartAsync(Tables.Contact, Tables.Account);
        await test.LoadAsync(Guid.NewGuid(), version: 41);
        await test.Target.MergeAsync([Read("account", test.Clock.Now, 99, "Works")], default);
        await test.RestartAsync(Tables.Contact, Tables.Account);

        await test.MergeAsync(Record, new Evidence(EvidenceKind.NotifiedDelete, test.Clock.Now));

        test.DeleteLog(Record).Single()["VersionNumber"].ShouldBe(41L);
    }

    [ContractFact]
    public async Task Provision_TableFromElsewhere_KnowsItsHighestVersion()
    {
        await using var test = await StartAsync(Tables.Contact);
        await test.LoadAsync(Guid.NewGuid(), version: 41);
        test.Execute("DELETE FROM crm_TableSync");
        await test.RestartAsync(Tables.Contact);

        await test.MergeAsync(Record, new Evidence(EvidenceKind.NotifiedDelete, test.Clock.Now));

        test.DeleteLog(Record).Single()["VersionNumber"].ShouldBe(41L);
    }

    [ContractFact]
    public async Task GetUtcNow_FineClock_GivesWholeMilliseconds()
    {
        await using var test = await StartAsync(Tables.Contact);
        test.Clock.AdvanceMilliseconds(3.2);

        var now = await test.Target.GetUtcNowAsync(default);

        now.ShouldBe(new DateTime(2026, 3, 1, 12, 0, 0, 3, DateTimeKind.Utc));
        now.Kind.ShouldBe(DateTimeKind.Utc);
    }

    private static MergeItem Read(string table, DateTime began, long version, string name) => new(
        table,
        Record,
        new Evidence(EvidenceKind.ReadUpsert, began, new VersionNumber(version)),
        Tables.Values(name));
}
