using DataExport.Grains.Fence;

namespace DataExport.Targets.Tests.Contract;

/// <summary>The rules for reads and fetches, through the real merge. The number in a comment is the rule's.</summary>
public abstract partial class TargetContract
{

    [ContractFact]
    public async Task ReadUpsert_NothingHeld_WritesAConfirmedRow() // 1
    {
        await using var test = await StartLoadedAsync();

        var result = await test.LoadAsync(Record, version: 7);

        result.ShouldBe(ApplyResult.Applied);
        var row = test.Row(Record)!;
        row["fullname"].ShouldBe("Ann");
        row["versionnumber"].ShouldBe(7L);
        row["contactid"].ShouldBe("0f8fad5b-d9cb-469f-a165-70867728950e");
        row["SinkModifiedOn"].ShouldBe("2026-03-01 12:00:00.000");
        (await test.QuestionAsync(Record)).ShouldBeNull();
    }

    [ContractTheory]
    [InlineData(8, "Bea")]
    [InlineData(7, "Ann")]
    [InlineData(6, "Ann")]
    public async Task ReadUpsert_ConfirmedRow_WritesOnlyAHigherVersion(long version, string expected) // 2
    {
        await using var test = await StartLoadedAsync();
        await test.LoadAsync(Record, version: 7);

        var result = await test.LoadAsync(Record, version, name: "Bea");

        result.ShouldBe(expected == "Bea" ? ApplyResult.Applied : ApplyResult.Superseded);
        test.Row(Record)!["fullname"].ShouldBe(expected);
    }

    [ContractFact]
    public async Task ReadUpsert_OverridingAndBegunAfterTheStamp_WritesALowerVersion() // 2
    {
        await using var test = await StartLoadedAsync();
        await test.LoadAsync(Record, version: 7);
        test.Clock.AdvanceMilliseconds(4);

        var result = await test.ReadAsync(Record, test.Clock.Now, version: 3, "Old backup", overrides: true);

        result.ShouldBe(ApplyResult.Applied);
        test.Row(Record)!["versionnumber"].ShouldBe(3L);
        test.Row(Record)!["fullname"].ShouldBe("Old backup");
    }

    [ContractFact]
    public async Task ReadUpsert_ProvisionalRowStampedBeforeTheReadBegan_ConfirmsIt() // 3
    {
        await using var test = await StartLoadedAsync();
        await test.NotifyCreateAsync(Record);
        test.Clock.AdvanceMilliseconds(4);

        var result = await test.ReadAsync(Record, test.Clock.Now, version: 5, "Ann");

        result.ShouldBe(ApplyResult.Applied);
        test.Row(Record)!["versionnumber"].ShouldBe(5L);
        (await test.QuestionAsync(Record)).ShouldBeNull();
    }

    [ContractFact]
    public async Task ReadUpsert_ProvisionalRowStampedAsTheReadBegan_Asks() // 4
    {
        await using var test = await StartLoadedAsync();
        await test.NotifyCreateAsync(Record);

        var result = await test.ReadAsync(Record, test.Clock.Now, version: 5, "Old");

        result.Question.ShouldBe(UncertainReason.ReadBeforeStamp);
        test.Row(Record)!["fullname"].ShouldBe("New");
        (await test.QuestionAsync(Record))!.Reason.ShouldBe(UncertainReason.ReadBeforeStamp);
    }

    [ContractFact]
    public async Task ReadUpsert_TombstoneNewerThanTheRead_DoesNotBringTheRecordBack() // 4
    {
        await using var test = await StartLoadedAsync();
        await test.NotifyDeleteAsync(Record);

        var result = await test.LoadAsync(Record, version: 99);

        result.Question.ShouldBe(UncertainReason.ReadBeforeStamp);
        test.Row(Record).ShouldBeNull();
    }

    [ContractFact]
    public async Task FetchedRow_SameVersionHeld_IsSuperseded() // 5
    {
        await using var test = await StartLoadedAsync();
        await test.LoadAsync(Record, version: 7);

        var result = await test.MergeAsync(
            Record, new Evidence(EvidenceKind.FetchedRow, Version: new VersionNumber(7)), Tables.Values("Bea"));

        result.ShouldBe(ApplyResult.Superseded);
        test.Row(Record)!["fullname"].ShouldBe("Ann");
    }

    [ContractFact]
    public async Task FetchedAbsent_Tombstone_IsSuperseded() // 5
    {
        await using var test = await StartLoadedAsync();
        await test.NotifyDeleteAsync(Record);

        var result = await test.MergeAsync(Record, new Evidence(EvidenceKind.FetchedAbsent));

        result.ShouldBe(ApplyResult.Superseded);
        test.DeleteLog(Record).Count.ShouldBe(1);
    }

    [ContractFact]
    public async Task FetchedRow_StampUnchanged_ConfirmsTheRow() // 6
    {
        await using var test = await StartLoadedAsync();
        await test.NotifyCreateAsync(Record);
        var question = (await test.QuestionAsync(Record))!;

        var result = await test.MergeAsync(
            Record,
            new Evidence(
                EvidenceKind.FetchedRow, Version: new VersionNumber(5), ExpectedStamp: question.Stamp,
                QuestionNumber: question.Number),
            Tables.Values("Ann"));

        result.ShouldBe(ApplyResult.Applied);
        test.Row(Record)!["versionnumber"].ShouldBe(5L);
        (await test.QuestionAsync(Record)).ShouldBeNull();
    }

    [ContractFact]
    public async Task FetchedAbsent_StampUnchanged_DeletesAndLogs() // 6
    {
        await using var test = await StartLoadedAsync();
        await test.LoadAsync(Record, version: 7);

        var result = await test.MergeAsync(
            Record, new Evidence(EvidenceKind.FetchedAbsent, ExpectedStamp: test.Clock.Now));

        result.ShouldBe(ApplyResult.Applied);
        test.Row(Record).ShouldBeNull();
        test.DeleteLog(Record).Single()["VersionNumber"].ShouldBe(7L);
    }

    [ContractFact]
    public async Task FetchedRow_StampChanged_AsksAgain() // 7
    {
        await using var test = await StartLoadedAsync();
        await test.NotifyCreateAsync(Record);

        var result = await test.MergeAsync(
            Record,
            new Evidence(
                EvidenceKind.FetchedRow, Version: new(5), ExpectedStamp: test.Clock.Now.AddMilliseconds(-4)),
            Tables.Values("Old"));

        result.Question.ShouldBe(UncertainReason.ChangedSinceFetch);
        test.Row(Record)!["fullname"].ShouldBe("New");
    }

    [ContractFact]
    public async Task ReadDeletion_BegunAfterTheStamp_Deletes() // 12
    {
        await using var test = await StartLoadedAsync();
        await test.LoadAsync(Record, version: 7);

        var result = await test.MergeAsync(
            Record, new Evidence(EvidenceKind.ReadDeletion, test.Clock.Now.AddMilliseconds(1)));

        result.ShouldBe(ApplyResult.Applied);
        test.Row(Record).ShouldBeNull();
    }
}
