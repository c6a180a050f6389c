using DataExport.Grains.Fence;
using DataExport.Grains.Ports;

namespace DataExport.Targets.Tests.Contract;

public abstract partial class TargetContract
{

    [ContractFact]
    public async Task FetchedRow_QuestionAskedAfterTheFetchWasSent_LeavesTheLaterQuestion()
    {
        await using var test = await StartLoadedAsync();
        await test.LoadAsync(Record, version: 7);
        await AskAsync(test, UncertainReason.Truncated);
        var sent = (await test.QuestionAsync(Record))!;
        await AskAsync(test, UncertainReason.OtherMessage);

        var result = await FetchAsync(test, sent, version: 8);

        result.ShouldBe(ApplyResult.Applied);
        var left = (await test.QuestionAsync(Record))!;
        left.Reason.ShouldBe(UncertainReason.OtherMessage);
        left.Number.ShouldBeGreaterThan(sent.Number);
    }

    [ContractFact]
    public async Task FetchedRow_SupersededByTheRow_SettlesTheQuestion()
    {
        await using var test = await StartLoadedAsync();
        await test.LoadAsync(Record, version: 7);
        await AskAsync(test, UncertainReason.Truncated);
        var question = (await test.QuestionAsync(Record))!;

        (await FetchAsync(test, question, version: 7)).ShouldBe(ApplyResult.Superseded);

        (await test.QuestionAsync(Record)).ShouldBeNull();
        (await CountAsync(test)).ShouldBe(0);
    }

    [ContractFact]
    public async Task ReadUpsert_BegunAfterTheQuestion_SettlesIt()
    {
        await using var test = await StartLoadedAsync();
        await test.LoadAsync(Record, version: 7);
        await AskAsync(test, UncertainReason.Truncated);

        await test.ReadAsync(Record, test.Clock.Now.AddMilliseconds(1), version: 7, "Ann");

        (await test.QuestionAsync(Record)).ShouldBeNull();
    }

    [ContractFact]
    public async Task ReadUpsert_BegunAsTheQuestionWasAsked_LeavesIt()
    {
        await using var test = await StartLoadedAsync();
        await test.LoadAsync(Record, version: 7);
        await AskAsync(test, UncertainReason.Truncated);

        await test.ReadAsync(Record, test.Clock.Now, version: 8, "Ann");

        (await test.QuestionAsync(Record)).ShouldNotBeNull();
    }

    [ContractFact]
    public async Task ReadDeletion_BegunAfterTheQuestion_SettlesIt()
    {
        await using var test = await StartLoadedAsync();
        await AskAsync(test, UncertainReason.MissingRow);

        await test.MergeAsync(Record, new Evidence(EvidenceKind.ReadDeletion, test.Clock.Now.AddMilliseconds(1)));

        (await test.QuestionAsync(Record)).ShouldBeNull();
    }

    [ContractFact]
    public async Task ProvisionalWrite_RealQuestionOpen_KeepsItsReasonUnderANewNumber()
    {
        await using var test = await StartLoadedAsync();
        await test.LoadAsync(Record, version: 7);
        await AskAsync(test, UncertainReason.OtherMessage);
        var before = (await test.QuestionAsync(Record))!;
        test.Clock.AdvanceMilliseconds(50);

        await test.NotifyUpdateAsync(Record, test.Clock.Now.AddSeconds(1), "Bea");

        var after = (await test.QuestionAsync(Record))!;
        after.Reason.ShouldBe(UncertainReason.OtherMessage);
        after.Number.ShouldBeGreaterThan(before.Number);
        after.AskedOn.ShouldBe(test.Clock.Now);
        after.Stamp.ShouldBe(test.Clock.Now);
    }

    [ContractFact]
    public async Task Question_ProvisionalRowListed_TakesTheEntryOver()
    {
        await using var test = await StartLoadedAsync();
        await NotifyCreateAsync(test);

        await AskAsync(test, UncertainReason.OtherMessage);

        (await test.QuestionAsync(Record))!.Reason.ShouldBe(UncertainReason.OtherMessage);
        (await CountAsync(test)).ShouldBe(1);
    }

    [ContractFact]
    public async Task Delete_ProvisionalRow_TakesItOffTheList()
    {
        await using var test = await StartLoadedAsync();
        await NotifyCreateAsync(test);

        await test.MergeAsync(Record, new Evidence(EvidenceKind.NotifiedDelete, test.Clock.Now.AddSeconds(6)));

        (await test.QuestionAsync(Record)).ShouldBeNull();
        (await CountAsync(test)).ShouldBe(0);
    }

    [ContractFact]
    public async Task Delete_RealQuestionOpen_LeavesItWithTheTombstonesStamp()
    {
        await using var test = await StartLoadedAsync();
        await test.LoadAsync(Record, version: 7);
        await AskAsync(test, UncertainReason.OtherMessage);
        test.Clock.Advance(TimeSpan.FromSeconds(6));

        await test.MergeAsync(Record, new Evidence(EvidenceKind.NotifiedDelete, test.Clock.Now));

        var question = (await test.QuestionAsync(Record))!;
        question.Reason.ShouldBe(UncertainReason.OtherMessage);
        question.Stamp.ShouldBe(test.Clock.Now);
    }

    [ContractFact]
    public async Task ReadPending_MoreQuestionsThanAsked_GivesTheOldestInOrder()
    {
        await using var test = await StartLoadedAsync();
        var records = Enumerable.Range(0, 5).Select(_ => Guid.NewGuid()).ToArray();
        foreach (var record in records.Append(records[0]))
        {
            await test.MergeAsync(record, new Evidence(EvidenceKind.Question, Reason: UncertainReason.Truncated));
        }

        var oldest = await test.Target.ReadPendingAsync("contact", 0, DateTime.MaxValue, 3, default);

        oldest.Select(question => question.RecordId).ShouldBe(records[1..4]);
    }

    [ContractFact]
    public async Task ReadPending_QuestionsAskedLater_AreLeftOut()
    {
        await using var test = await StartLoadedAsync();
        var (early, late) = (Guid.NewGuid(), Guid.NewGuid());
        await test.MergeAsync(early, new Evidence(EvidenceKind.Question, Reason: UncertainReason.Truncated));
        var between = test.Clock.Now;
        test.Clock.Advance(TimeSpan.FromSeconds(1));
        await test.MergeAsync(late, new Evidence(EvidenceKind.Question, Reason: UncertainReason.Truncated));

        var asked = await test.Target.ReadPendingAsync("contact", 0, between, 10, default);

        asked.Select(question => question.RecordId).ShouldBe([early]);
    }

    [ContractFact]
    public async Task ReadPending_RowWithoutStamp_HasNoStampThoughAnOldTombstoneHasOne()
    {
        await using var test = await StartLoadedAsync();
        await test.MergeAsync(Record, new Evidence(EvidenceKind.NotifiedDelete, test.Clock.Now));
        test.Execute($"INSERT INTO crm_contact (Id, versionnumber) VALUES ('{Record}', 1)");
        await AskAsync(test, UncertainReason.Truncated);

        (await test.QuestionAsync(Record))!.Stamp.ShouldBeNull();
    }

    [ContractFact]
    public async Task CountPending_SeveralTables_CountsEachAlone()
    {
        await using var test = await StartAsync(Tables.Contact, Tables.Account);
        await test.Target.MergeAsync(
            [
                new MergeItem("contact", Guid.NewGuid(), new Evidence(EvidenceKind.Question)),
                new MergeItem("account", Record, new Evidence(EvidenceKind.Question)),
                new MergeItem("contact", Guid.NewGuid(), new Evidence(EvidenceKind.Question)),
                new MergeItem("account", Record, new Evidence(EvidenceKind.Question)),
            ],
            default);

        var counts = await test.Target.CountPendingAsync(default);

        counts.ShouldBe(new Dictionary<string, long> { ["contact"] = 2, ["account"] = 1 }, ignoreOrder: true);
    }

    [ContractFact]
    public async Task AskRowsNotReadSince_MoreRowsThanOneTransactionTakes_AsksAboutEveryOldRowOnly()
    {
        await using var test = await StartLoadedAsync();
        test.AskRowsMax = 3;
        var old = await LoadManyAsync(test, 7);
        test.Execute($"UPDATE crm_contact SET SinkModifiedOn = NULL WHERE Id = '{old[2]}'");
        await AskAsync(test, old[1], UncertainReason.Truncated);
        test.Clock.AdvanceMilliseconds(10);
        var began = test.Clock.Now;
        var recent = await LoadManyAsync(test, 4);

        var asked = await test.Target.AskRowsNotReadSinceAsync("contact", began, default);

        asked.ShouldBe(7);
        var pending = await test.Target.ReadPendingAsync("contact", 0, DateTime.MaxValue, 100, default);
        pending.Select(question => question.RecordId).ShouldBe(old, ignoreOrder: true);
        pending.ShouldAllBe(question => question.Reason == UncertainReason.NotInResync);
        recent.Length.ShouldBe(4);
    }

    private static async Task<Guid[]> LoadManyAsync(TestTarget test, int rows)
    {
        var records = Enumerable.Range(0, rows).Select(_ => Guid.NewGuid()).ToArray();
        foreach (var record in records)
        {
            await test.LoadAsync(record, version: 1);
        }

        return records;
    }

    private static async Task<long> CountAsync(TestTarget test) =>
        (await test.Target.CountPendingAsync(default))["contact"];

    private static Task<ApplyResult> AskAsync(TestTarget test, UncertainReason reason) =>
        AskAsync(test, Record, reason);

    private static Task<ApplyResult> AskAsync(TestTarget test, Guid record, UncertainReason reason) =>
        test.MergeAsync(record, new Evidence(EvidenceKind.Question, Reason: reason));

    private static Task<ApplyResult> NotifyCreateAsync(TestTarget test) => test.MergeAsync(
        Record, new Evidence(EvidenceKind.NotifiedCreate, test.Clock.Now), Tables.Values("New"));

    private static Task<ApplyResult> FetchAsync(TestTarget test, PendingQuestion question, long version) =>
        test.MergeAsync(
            Record,
            new Evidence(
                EvidenceKind.FetchedRow, Version: new VersionNumber(version), ExpectedStamp: question.Stamp,
                QuestionNumber: question.Number),
            Tables.Values("Fetched"));
}
