namespace DataExport.Targets.Tests.Contract;

/// <summary>Entries of the delete log that have served: which go, and what that changes.</summary>
public abstract partial class TargetContract
{
    private const int EntriesMax = 100;

    [ContractFact]
    public async Task ExpireDeletions_OldAndYoung_TakesTheOldAway()
    {
        await using var test = await StartAsync(Tables.Contact);
        var young = NewId();
        await test.NotifyDeleteAsync(Record);
        test.Clock.AdvanceMilliseconds(60_000);
        var before = test.Clock.Now;
        await test.NotifyDeleteAsync(young);

        (await ExpireAsync(test, before)).ShouldBe(1);

        test.DeleteLog(Record).ShouldBeEmpty();
        test.DeleteLog(young).Count.ShouldBe(1);
    }

    [ContractFact]
    public async Task ExpireDeletions_StampedAnewSince_Stays()
    {
        await using var test = await StartAsync(Tables.Contact);
        await test.NotifyDeleteAsync(Record);
        test.Clock.AdvanceMilliseconds(60_000);
        var before = test.Clock.Now;
        await test.NotifyDeleteAsync(Record);

        (await ExpireAsync(test, before)).ShouldBe(0);

        test.DeleteLog(Record).Count.ShouldBe(1);
    }

    [ContractFact]
    public async Task ExpireDeletions_RecordIsAskedAbout_StaysUntilTheAnswer()
    {
        await using var test = await StartAsync(Tables.Contact);
        await test.EndLoadAsync();
        await test.NotifyDeleteAsync(Record);
        await test.NotifyUpdateAsync(Record, test.Clock.Now, "Ann");
        var question = await test.QuestionAsync(Record);
        test.Clock.AdvanceMilliseconds(60_000);

        (await ExpireAsync(test, test.Clock.Now)).ShouldBe(0);

        (await test.QuestionAsync(Record))!.Stamp.ShouldBe(question!.Stamp);
        test.DeleteLog(Record).Count.ShouldBe(1);
    }

    [ContractFact]
    public async Task ExpireDeletions_AnotherTablesEntries_Stay()
    {
        await using var test = await StartAsync(Tables.Contact, Tables.Account);
        await test.NotifyDeleteAsync(Record);
        test.Clock.AdvanceMilliseconds(60_000);

        (await test.Target.ExpireDeletionsAsync("account", test.Clock.Now, EntriesMax, default)).ShouldBe(0);

        test.DeleteLog(Record).Count.ShouldBe(1);
    }

    [ContractFact]
    public async Task ExpireDeletions_MoreThanAtOnce_TellsByTheCountThatSomeAreLeft()
    {
        await using var test = await StartAsync(Tables.Contact);
        foreach (var record in Enumerable.Range(0, 5).Select(static _ => NewId()))
        {
            await test.NotifyDeleteAsync(record);
        }

        test.Clock.AdvanceMilliseconds(60_000);
        var counts = new List<int>();
        for (var call = 0; call < 3; call++)
        {
            counts.Add(await test.Target.ExpireDeletionsAsync("contact", test.Clock.Now, 2, default));
        }

        counts.ShouldBe([2, 2, 1]);
        test.Rows("SELECT Id FROM crm_DeleteLog").ShouldBeEmpty();
    }

    private static Task<int> ExpireAsync(TestTarget test, DateTime before) =>
        test.Target.ExpireDeletionsAsync("contact", before, EntriesMax, default);
}
