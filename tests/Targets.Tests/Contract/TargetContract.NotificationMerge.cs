using DataExport.Grains.Fence;

namespace DataExport.Targets.Tests.Contract;

/// <summary>The rules for notifications, through the real merge. The number in a comment is the rule's.</summary>
public abstract partial class TargetContract
{

    [ContractFact]
    public async Task NotifiedCreate_NothingHeld_WritesAProvisionalRow() // 8
    {
        await using var test = await StartLoadedAsync();

        var result = await test.NotifyCreateAsync(Record);

        result.ShouldBe(ApplyResult.Applied);
        var row = test.Row(Record)!;
        row["versionnumber"].ShouldBeNull();
        row["fullname"].ShouldBe("New");
        row["modifiedon"].ShouldBe("2026-03-01 12:00:00.000");
        row["SinkCreatedOn"].ShouldBe(row["SinkModifiedOn"]);
    }

    [ContractFact]
    public async Task NotifiedUpdate_LaterSecondThanRowAndStamp_WritesTheSentColumnsOnly() // 9
    {
        await using var test = await StartLoadedAsync();
        await test.LoadAsync(Record, version: 7);
        var modifiedOn = test.Clock.Now.AddSeconds(1);

        var result = await test.NotifyUpdateAsync(Record, modifiedOn, city: "Bergen");

        result.ShouldBe(ApplyResult.Applied);
        var row = test.Row(Record)!;
        row["city"].ShouldBe("Bergen");
        row["fullname"].ShouldBe("Ann");
        row["versionnumber"].ShouldBeNull();
        row["modifiedon"].ShouldBe("2026-03-01 12:00:01.000");
        (await test.QuestionAsync(Record))!.Reason.ShouldBe(UncertainReason.Provisional);
    }

    [ContractFact]
    public async Task NotifiedUpdate_RowMissingWhileTheTableLoads_IsSuperseded() // 10
    {
        await using var test = await StartAsync(Tables.Contact);

        var result = await test.NotifyUpdateAsync(Record, test.Clock.Now, city: "Bergen");

        result.ShouldBe(ApplyResult.Superseded);
        test.Row(Record).ShouldBeNull();
        (await test.QuestionAsync(Record)).ShouldBeNull();
    }

    [ContractFact]
    public async Task NotifiedUpdate_RowMissingAfterTheLoad_Asks() // 13
    {
        await using var test = await StartLoadedAsync();

        (await test.NotifyUpdateAsync(Record, test.Clock.Now, city: "Bergen")).Question
            .ShouldBe(UncertainReason.MissingRow);
    }

    [ContractFact]
    public async Task NotifiedDelete_RowOlderThanTheMargin_DeletesAndLogs() // 12
    {
        await using var test = await StartLoadedAsync();
        await test.LoadAsync(Record, version: 7);

        var result = await test.MergeAsync(
            Record, new Evidence(EvidenceKind.NotifiedDelete, test.Clock.Now.AddMilliseconds(5_001)));

        result.ShouldBe(ApplyResult.Applied);
        test.Row(Record).ShouldBeNull();
        test.DeleteLog(Record).Count.ShouldBe(1);
    }

    [ContractFact]
    public async Task NotifiedDelete_RowWithinTheMargin_Asks() // 13
    {
        await using var test = await StartLoadedAsync();
        await test.LoadAsync(Record, version: 7);

        var result = await test.MergeAsync(
            Record, new Evidence(EvidenceKind.NotifiedDelete, test.Clock.Now.AddSeconds(5)));

        result.Question.ShouldBe(UncertainReason.DeleteMayBeOld);
        test.Row(Record).ShouldNotBeNull();
    }

    [ContractTheory]
    [InlineData(0, UncertainReason.NotNewer)]
    [InlineData(60, UncertainReason.MayBeHeld)]
    public async Task NotifiedUpdate_NotProvablyNewer_AsksAndWritesNothing(int seconds, UncertainReason reason) // 13
    {
        await using var test = await StartLoadedAsync();
        var rowModifiedOn = test.Clock.Now.AddMinutes(-1);
        await test.LoadAsync(Record, version: 7, modifiedOn: rowModifiedOn);

        var result = await test.NotifyUpdateAsync(Record, rowModifiedOn.AddSeconds(seconds), city: "Bergen");

        result.Question.ShouldBe(reason);
        test.Row(Record)!["city"].ShouldBe("Oslo");
        test.Row(Record)!["versionnumber"].ShouldBe(7L);
    }

    [ContractFact]
    public async Task NotifiedUpsert_Tombstone_DoesNotBringTheRecordBack() // 13
    {
        await using var test = await StartLoadedAsync();
        await test.NotifyDeleteAsync(Record);

        (await test.NotifyCreateAsync(Record)).Question.ShouldBe(UncertainReason.Tombstone);
        (await test.NotifyUpdateAsync(Record, test.Clock.Now, "Bea")).Question.ShouldBe(UncertainReason.Tombstone);
        test.Row(Record).ShouldBeNull();
    }

    [ContractFact]
    public async Task NotifiedUpdate_RowWithoutModifiedOn_Asks() // 13
    {
        await using var test = await StartLoadedAsync();
        await test.ReadAsync(Record, test.Clock.Now, version: 7, "Ann");

        (await test.NotifyUpdateAsync(Record, test.Clock.Now.AddSeconds(9), "Bea")).Question
            .ShouldBe(UncertainReason.NoModifiedOn);
    }

    [ContractFact]
    public async Task Question_AnyRecord_IsAskedForItsReason() // 13
    {
        await using var test = await StartLoadedAsync();

        var result = await test.MergeAsync(
            Record, new Evidence(EvidenceKind.Question, Reason: UncertainReason.Truncated));

        result.Question.ShouldBe(UncertainReason.Truncated);
        var question = (await test.QuestionAsync(Record))!;
        question.Reason.ShouldBe(UncertainReason.Truncated);
        question.AskedOn.ShouldBe(test.Clock.Now);
        question.Stamp.ShouldBeNull();
    }
}
