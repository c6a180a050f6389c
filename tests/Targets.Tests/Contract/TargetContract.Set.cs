using DataExport.Grains.Fence;
using DataExport.Grains.Ports;

namespace DataExport.Targets.Tests.Contract;

public abstract partial class TargetContract
{
    private const string Table = "membership";
    private static readonly Guid Team = Guid.Parse("11111111-0000-4000-8000-000000000001");
    private static readonly Guid OtherTeam = Guid.Parse("11111111-0000-4000-8000-000000000002");

    [ContractFact]
    public async Task Question_AskedTwice_StandsOnceUnderTheLaterNumber()
    {
        await using var test = await StartAsync(Tables.Membership);
        (await AskAsync(test, "teamid", Team)).Status.ShouldBe(ApplyStatus.Uncertain);
        var first = (await SetsAsync(test)).ShouldHaveSingleItem();

        await AskAsync(test, "teamid", Team);

        var second = (await SetsAsync(test)).ShouldHaveSingleItem();
        (second.Column, second.Value).ShouldBe(("teamid", Team));
        second.Number.ShouldBeGreaterThan(first.Number);
        (await test.Target.CountPendingAsync(default))[Table].ShouldBe(1);
    }

    [ContractFact]
    public async Task Question_SameIdInBothColumns_AreTwo()
    {
        await using var test = await StartAsync(Tables.Membership);

        await AskAsync(test, "teamid", Team);
        await AskAsync(test, "userid", Team);

        (await SetsAsync(test)).Select(static set => set.Column).ShouldBe(["teamid", "userid"]);
    }

    [ContractFact]
    public async Task Question_AfterARestart_IsStillThereAndLaterOnesHaveHigherNumbers()
    {
        await using var test = await StartAsync(Tables.Membership);
        await AskAsync(test, "teamid", Team);
        var before = (await SetsAsync(test)).ShouldHaveSingleItem();

        await test.RestartAsync(Tables.Membership);
        await AskAsync(test, "teamid", OtherTeam);

        var after = await SetsAsync(test);
        after[0].ShouldBe(before);
        after[1].Number.ShouldBeGreaterThan(before.Number);
    }

    [ContractFact]
    public async Task SettleSets_AskedAgainSince_LeavesTheQuestion()
    {
        await using var test = await StartAsync(Tables.Membership);
        await AskAsync(test, "teamid", Team);
        var answered = await SetsAsync(test);
        await AskAsync(test, "teamid", Team);

        await test.Target.SettleSetsAsync(answered, default);
        (await SetsAsync(test)).ShouldHaveSingleItem();

        await test.Target.SettleSetsAsync(await SetsAsync(test), default);
        (await SetsAsync(test)).ShouldBeEmpty();
    }

    [ContractFact]
    public async Task SettleSetsAskedBefore_AskedAsTheReadBegan_LeavesTheQuestion()
    {
        await using var test = await StartAsync(Tables.Membership);
        await AskAsync(test, "teamid", Team);
        var asked = (await SetsAsync(test)).Single().AskedOn;

        await test.Target.SettleSetsAskedBeforeAsync(Table, asked, default);
        (await SetsAsync(test)).ShouldHaveSingleItem();

        await test.Target.SettleSetsAskedBeforeAsync(Table, asked.AddMilliseconds(4), default);
        (await SetsAsync(test)).ShouldBeEmpty();
    }

    [ContractFact]
    public async Task ReadPendingSets_AfterANumber_PassesOverWhatWasSetAside()
    {
        await using var test = await StartAsync(Tables.Membership);
        await AskAsync(test, "teamid", Team);
        await AskAsync(test, "teamid", OtherTeam);
        var first = (await SetsAsync(test))[0];

        var rest = await test.Target.ReadPendingSetsAsync(Table, first.Number, DateTime.MaxValue, 10, default);

        rest.ShouldHaveSingleItem().Value.ShouldBe(OtherTeam);
    }

    [ContractFact]
    public async Task ReadSet_RowsOfOtherSets_AreLeftOut()
    {
        await using var test = await StartAsync(Tables.Membership);
        var (own, other) = (Guid.NewGuid(), Guid.NewGuid());
        await WriteAsync(test, own, Team);
        await WriteAsync(test, other, OtherTeam);

        (await test.Target.ReadSetAsync(Table, "teamid", Team, default)).ShouldBe([own]);
    }

    [ContractFact]
    public async Task Question_ColumnThatIsNoSet_IsRefused()
    {
        await using var test = await StartAsync(Tables.Membership);

        var refusal = await Should.ThrowAsync<TargetRefusedException>(() => AskAsync(test, "membershipid", Team));

        refusal.Message.ShouldContain("'membershipid'");
    }

    private static async Task<ApplyResult> AskAsync(TestTarget test, string column, Guid value)
    {
        var question = new Evidence(EvidenceKind.Question, Reason: UncertainReason.SetChanged);
        return (await test.Target.MergeAsync(
            [new MergeItem(Table, value, question, SetColumn: column)], default)).Single();
    }

    private static async Task WriteAsync(TestTarget test, Guid id, Guid team)
    {
        var columns = new ColumnValuesBuilder();
        columns.Add(0, id);
        columns.Add(1, team);
        var evidence = new Evidence(EvidenceKind.ReadUpsert, test.Clock.Now, new VersionNumber(1));
        _ = await test.Target.MergeAsync(
            [new MergeItem(Table, id, evidence, columns.Build(Tables.Membership.Layout))], default);
    }

    private static Task<IReadOnlyList<PendingSet>> SetsAsync(TestTarget test) =>
        test.Target.ReadPendingSetsAsync(Table, 0, DateTime.MaxValue, 10, default);
}
