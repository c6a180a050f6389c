using DataExport.Grains.Fence;
using DataExport.Grains.Ports;
using DataExport.Grains.Tests.Sets;

namespace DataExport.Grains.Tests.Confirming;

public sealed class ConfirmGrainTests
{
    [Fact]
    public async Task Rounds_Quiet_FollowEachOtherByTheirInterval()
    {
        await using var test = await ConfirmHost.StartAsync();
        await test.Grain.StartAsync();

        await test.RoundAsync();
        await test.PassAsync();
        await test.RoundAsync();
    }

    [Fact]
    public async Task Rounds_WhileBusy_WaitUpToTheBusyInterval()
    {
        await using var test = await ConfirmHost.StartAsync();
        test.Runtime.IsBusy = true;
        await test.Grain.StartAsync();
        await test.RoundAsync();

        for (var passed = 0; passed < ConfirmHost.BusyRounds; passed++)
        {
            await test.Clock.ArmedAsync(ConfirmHost.Round);
            test.RoundsBegun.ShouldBe(1);
            test.Clock.Advance(ConfirmHost.Round);
        }

        await test.RoundAsync();
    }

    [Fact]
    public async Task Rounds_BusyNoMore_GoOnAfterAnInterval()
    {
        await using var test = await ConfirmHost.StartAsync();
        test.Runtime.IsBusy = true;
        await test.Grain.StartAsync();
        await test.RoundAsync();
        await test.PassAsync();
        await test.Clock.ArmedAsync(ConfirmHost.Round);
        test.Runtime.IsBusy = false;

        test.Clock.Advance(ConfirmHost.Round);

        await test.RoundAsync();
    }

    [Fact]
    public async Task ConfirmNowAsync_WhileBusy_WakesTheRounds()
    {
        await using var test = await ConfirmHost.StartAsync();
        test.Runtime.IsBusy = true;
        await test.Grain.StartAsync();
        await test.RoundAsync();
        await test.PassAsync();
        await test.Clock.ArmedAsync(ConfirmHost.Round);

        // The clock stands still.
        await test.Grain.ConfirmNowAsync(default).WaitAsync(Patience.Limit);

        test.RoundsBegun.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Rounds_SetTooLargeAndNoDelta_AreNotSpentOnItAgainAndAgain()
    {
        await using var test = await ConfirmHost.StartAsync();
        var question = new Evidence(EvidenceKind.Question, Reason: UncertainReason.SetChanged);
        _ = await test.Runtime.Target.MergeAsync(
            [new MergeItem(SetTarget.Table, Guid.NewGuid(), question, SetColumn: "aid")], default);
        var asked = await test.Runtime.Target.ReadPendingSetsAsync(SetTarget.Table, 0, DateTime.MaxValue, 1, default);
        await test.Grain.StartAsync();
        await test.RoundAsync();
        test.Runtime.Oldest[SetTarget.Table].ShouldBe(asked[0].AskedOn);
        for (var round = 0; round < 3; round++)
        {
            await test.PassAsync();
            await test.RoundAsync();
        }

        test.Source.Fetches.ShouldBe(1);
        (await test.Grain.GetMessageAsync()).ShouldNotBeNull().ShouldContain("SetRowsMax");

        // After a while it is asked anew.
        await test.Clock.ArmedAsync(ConfirmHost.Round);
        test.Clock.Advance(TimeSpan.FromMinutes(1));
        await test.RoundAsync();
        await test.Clock.ArmedAsync(ConfirmHost.Round);
        test.Source.Fetches.ShouldBe(2);
    }

    [Fact]
    public async Task Message_OfQuestionsThatADeltaHasSettled_GoesWithTheNextRound()
    {
        await using var test = await ConfirmHost.StartAsync();
        var question = new Evidence(EvidenceKind.Question, Reason: UncertainReason.SetChanged);
        _ = await test.Runtime.Target.MergeAsync(
            [new MergeItem(SetTarget.Table, Guid.NewGuid(), question, SetColumn: "aid")], default);
        await test.Grain.StartAsync();
        await test.RoundAsync();
        await test.Clock.ArmedAsync(ConfirmHost.Round);
        (await test.Grain.GetMessageAsync()).ShouldNotBeNull();

        await test.Runtime.Target.SettleSetsAskedBeforeAsync(SetTarget.Table, DateTime.MaxValue, default);
        test.Clock.Advance(ConfirmHost.Round);
        await test.RoundAsync();
        await test.Clock.ArmedAsync(ConfirmHost.Round);

        (await test.Grain.GetMessageAsync()).ShouldBeNull();
    }
}
