using DataExport.Grains.Ports;

namespace DataExport.Grains.Tests.Registration;

public sealed class RegistrationGrainTests : IAsyncLifetime
{
    private RegistrationHost _test = null!;

    private static ProfileRoute Route => RegistrationHost.Route;

    public async Task InitializeAsync() => _test = await RegistrationHost.StartAsync();

    public async Task DisposeAsync() => await _test.DisposeAsync();

    [Fact]
    public async Task Apply_AndRemove_LeaveNothing()
    {
        await _test.Grain.ApplyAsync(Route);
        var registered = _test.Source.Components.Count;

        var left = await _test.Grain.RemoveAsync(Route);

        (registered, _test.Source.Components.Count, left).ShouldBe((2, 0, null));
    }

    [Fact]
    public async Task Crash_HalfWayThroughRegistering_LeavesNothingUnknown()
    {
        _test.Source.FaultHalfWay = new SourceException(SourceFault.Unavailable, "gone");
        _ = await Should.ThrowAsync<SourceException>(() => _test.Grain.ApplyAsync(Route));
        _test.Source.Components.Count.ShouldBe(1);

        await _test.ForgetAsync();
        var left = await _test.Grain.RemoveAsync(Route);

        left.ShouldBeNull();
        _test.Source.Components.ShouldBeEmpty();
    }

    [Fact]
    public async Task Crash_AfterRegistering_IsGoneOnFromWithWhatIsKnown()
    {
        await _test.Grain.ApplyAsync(Route);
        await _test.ForgetAsync();

        await _test.Grain.ApplyAsync(Route);

        _test.Source.Components.Count.ShouldBe(2);
        _test.Source.Applied[^1].Created.Select(static each => each.ComponentId)
            .ShouldBe(_test.Source.Components.Values, ignoreOrder: true);
    }

    [Fact]
    public async Task Remove_OfNothing_AsksNobody()
    {
        _test.Source.RemovalFault = new InvalidOperationException("nobody should ask");

        (await _test.Grain.RemoveAsync(Route)).ShouldBeNull();
    }

    [Fact]
    public async Task Remove_WhileTheSourceIsAway_TellsWhatIsLeftAndTriesAgain()
    {
        await _test.Grain.ApplyAsync(Route);
        _test.Source.RemovalFault = new SourceException(SourceFault.Unavailable, "The host does not answer.");

        var left = await _test.Grain.RemoveAsync(Route);
        await _test.ForgetAsync();
        _test.Source.RemovalFault = null;
        var again = await _test.Grain.RemoveAsync(Route);

        left.ShouldNotBeNull().ShouldContain("The host does not answer.");
        left.ShouldContain("'DataExport sales'");
        left.ShouldContain("Deactivate again");
        again.ShouldBeNull();
        _test.Source.Components.ShouldBeEmpty();
    }

    [Fact]
    public async Task Remove_OfWhatOthersUse_TellsItAndTriesAgain()
    {
        await _test.Grain.ApplyAsync(Route);
        _test.Source.Left = ["The endpoint stays."];

        var left = await _test.Grain.RemoveAsync(Route);
        _test.Source.Left = [];

        left.ShouldBe("The endpoint stays.");
        (await _test.Grain.RemoveAsync(Route)).ShouldBeNull();
    }

    [Fact]
    public async Task Step_LostWhileWatching_IsReportedAndMended()
    {
        await _test.Grain.ApplyAsync(Route);
        await _test.Grain.StartAsync(Route);
        await _test.Source.CheckedAsync();
        await _test.PassAsync();
        await _test.Source.CheckedAsync();
        var before = await _test.Grain.GetReportAsync();
        await _test.Clock.ArmedAsync(RegistrationHost.Interval);
        _ = _test.Source.Components.Remove("sales: contact");

        await _test.PassAsync();
        await _test.Source.CheckedAsync();
        await _test.Clock.ArmedAsync(RegistrationHost.Interval);
        var after = await _test.Grain.GetReportAsync();

        before!.Drift.ShouldBeEmpty();
        after!.Drift.ShouldBe(["Step 'sales: contact' is created."]);
        after.MendedOn.ShouldNotBeNull();
        after.Message.ShouldBeNull("it is mended");
        _test.Source.Components.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Step_ThatCannotBeMended_IsReportedUntilItIs()
    {
        await _test.Grain.ApplyAsync(Route);
        _ = _test.Source.Components.Remove("sales: contact");
        _test.Source.FaultHalfWay = new SourceException(SourceFault.Forbidden, "The right is gone.");

        await _test.Grain.StartAsync(Route);
        await _test.Source.CheckedAsync();
        await _test.Source.CheckedAsync();
        await _test.Clock.ArmedAsync(RegistrationHost.Interval);

        var report = await _test.Grain.GetReportAsync();
        report!.Drift.ShouldNotBeEmpty("it was told before it was mended");
        report.Message.ShouldBeNull("the second look found what the first had created");
    }

    [Fact]
    public async Task FailedPosts_OfTheEnvironment_AreReported()
    {
        var newest = new DateTime(2026, 1, 1, 0, 0, 5, DateTimeKind.Utc);
        _test.Source.Failed = new FailedPosts(3, newest);
        await _test.Grain.ApplyAsync(Route);

        await _test.Grain.StartAsync(Route);
        await _test.Source.CheckedAsync();
        await _test.Clock.ArmedAsync(RegistrationHost.Interval);

        var report = await _test.Grain.GetReportAsync();
        (report!.FailedPosts, report.NewestFailedPostOn).ShouldBe((3, newest));
    }

    [Fact]
    public async Task Profile_WithoutAConnection_IsLeftToItsOwner()
    {
        var byHand = Route with { Profile = Route.Profile with { RegistrationConnection = null } };

        await _test.Grain.ApplyAsync(byHand);
        await _test.Grain.StartAsync(byHand);
        (await _test.Grain.PlanAsync(byHand)).Changes.ShouldBeEmpty();
        (await _test.Grain.RemoveAsync(byHand)).ShouldBeNull();

        _test.Source.Applied.ShouldBeEmpty();
        (await _test.Grain.GetReportAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Plan_Asked_CreatesNothing()
    {
        var plan = await _test.Grain.PlanAsync(Route);

        plan.Changes.Length.ShouldBe(2);
        _test.Source.Components.ShouldBeEmpty();
    }
}
