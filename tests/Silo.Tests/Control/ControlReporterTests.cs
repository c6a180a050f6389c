namespace DataExport.Silo.Tests.Control;

public sealed class ControlReporterTests
{
    [Fact]
    public async Task Start_EveryProfile_IsReportedWithoutItsSecrets()
    {
        await using var silo = new ReporterFixture();
        _ = await silo.CreateAsync("a");
        _ = await silo.CreateAsync("b", isActive: false);
        await silo.StartAsync();

        var report = await silo.Database.NextAsync();

        var profiles = report.Profiles.OrderBy(static profile => profile.Profile.Id, StringComparer.Ordinal).ToArray();
        profiles.Select(static profile => (profile.Profile.Id, profile.Report.Status))
            .ShouldBe([("a", ProfileStatus.InitialSync), ("b", ProfileStatus.Created)]);
        var first = profiles[0];
        (first.ReportedOn, first.SiloName).ShouldBe((silo.Now, "silo/1"));
        first.Profile.DestinationConnection.ShouldBeNull();
        first.Profile.NotificationConnection.ShouldBeNull();
        report.Gone.ShouldBeEmpty();
    }

    [Fact]
    public async Task Interval_Passed_IsAnotherRound()
    {
        await using var silo = new ReporterFixture();
        _ = await silo.CreateAsync("a");
        await silo.StartAsync();
        _ = await silo.Database.NextAsync();

        silo.Grains.Report = new ProfileReport { Status = ProfileStatus.DeltaSync };
        await silo.NextRoundAsync();

        (await silo.Database.NextAsync()).Profiles.ShouldHaveSingleItem()
            .Report.Status.ShouldBe(ProfileStatus.DeltaSync);
    }

    [Fact]
    public async Task ToldProfile_IsReportedAtOnceAndAlone()
    {
        await using var silo = new ReporterFixture();
        _ = await silo.CreateAsync("a");
        _ = await silo.CreateAsync("b");
        await silo.StartAsync();
        _ = await silo.Database.NextAsync();
        await silo.Clock.ArmedAsync(ReporterFixture.Interval);

        silo.Changes.Tell("b");

        (await silo.Database.NextAsync()).Profiles.ShouldHaveSingleItem().Profile.Id.ShouldBe("b");
    }

    [Fact]
    public async Task ToldProfile_ThatIsDeleted_IsGoneAtOnce()
    {
        await using var silo = new ReporterFixture();
        _ = await silo.CreateAsync("a");
        await silo.StartAsync();
        _ = await silo.Database.NextAsync();

        await silo.DeleteAsync("a");
        silo.Changes.Tell("a");

        var gone = (await silo.Database.NextAsync()).Gone.ShouldHaveSingleItem();
        (gone.ProfileId, gone.NoticedOn, gone.SilentSince).ShouldBe(("a", silo.Now, silo.Now));
    }

    [Fact]
    public async Task ProfileThatNobodyKnows_IsGoneUnlessSomebodyReportsIt()
    {
        await using var silo = new ReporterFixture();
        silo.Database.ReportTimes["lost"] = silo.Now;
        await silo.StartAsync();

        var gone = (await silo.Database.NextAsync()).Gone.ShouldHaveSingleItem();

        (gone.ProfileId, gone.NoticedOn).ShouldBe(("lost", silo.Now));
        gone.SilentSince.ShouldBe(silo.Now - (3 * ReporterFixture.Interval));
    }

    [Fact]
    public async Task ProfileThatAnotherSiloHasReported_IsLeftToIt()
    {
        await using var silo = new ReporterFixture();
        _ = await silo.CreateAsync("fresh");
        _ = await silo.CreateAsync("stale");
        silo.Database.ReportTimes["fresh"] = silo.Now.AddSeconds(-10);
        silo.Database.ReportTimes["stale"] = silo.Now.AddSeconds(-25);
        await silo.StartAsync();

        (await silo.Database.NextAsync()).Profiles.ShouldHaveSingleItem().Profile.Id.ShouldBe("stale");
    }

    [Fact]
    public async Task Outage_IsLoggedOnceAndEndsWithTheNextRound()
    {
        await using var silo = new ReporterFixture();
        _ = await silo.CreateAsync("a");
        silo.Database.IsAway = true;
        await silo.StartAsync();
        await silo.NextRoundAsync();
        await silo.NextRoundAsync();
        await silo.Clock.ArmedAsync(ReporterFixture.Interval);
        silo.Warnings.ShouldHaveSingleItem().ShouldContain("00:00:30");

        silo.Database.IsAway = false;
        silo.Clock.Advance(ReporterFixture.Interval);
        _ = await silo.Database.NextAsync();
        await silo.Clock.ArmedAsync(ReporterFixture.Interval);

        silo.Log.Lines.Select(static line => line.Text).ShouldContain("The control database is written again");
        silo.Running!.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task ToldInAnOutage_IsReportedAfterIt_ThoughItWasReportedShortlyBefore()
    {
        await using var silo = new ReporterFixture();
        _ = await silo.CreateAsync("a");
        await silo.StartAsync();
        _ = await silo.Database.NextAsync();
        await silo.Clock.ArmedAsync(ReporterFixture.Interval);
        silo.Clock.Advance(ReporterFixture.Interval - TimeSpan.FromSeconds(1));
        silo.Database.ReportTimes["a"] = silo.Now;

        silo.Database.IsAway = true;
        silo.Changes.Tell("a");
        await silo.Clock.ArmedAsync(TimeSpan.FromSeconds(1));
        silo.Database.IsAway = false;
        silo.Clock.Advance(TimeSpan.FromSeconds(1));

        (await silo.Database.NextAsync()).Profiles.ShouldHaveSingleItem().Profile.Id.ShouldBe("a");
    }

    [Fact]
    public async Task ProfileThatDoesNotAnswer_IsLeftOutAndWarnedOfOnce()
    {
        await using var silo = new ReporterFixture();
        var stuck = await silo.CreateAsync("stuck");
        _ = await silo.CreateAsync("well");
        silo.Grains.Stuck = stuck;
        await silo.StartAsync();

        for (var round = 0; round < 2; round++)
        {
            await silo.Clock.ArmedAsync(TimeSpan.FromSeconds(20));
            silo.Clock.Advance(TimeSpan.FromSeconds(20));
            (await silo.Database.NextAsync()).Profiles.ShouldHaveSingleItem().Profile.Id.ShouldBe("well");
            await silo.NextRoundAsync();
        }

        silo.Warnings.ShouldHaveSingleItem().ShouldContain("stuck");
    }

    [Fact]
    public async Task OldRows_ArePurgedOnceAnHour()
    {
        await using var silo = new ReporterFixture();
        await silo.StartAsync();
        var began = silo.Now;
        for (var round = 0; round < 130; round++)
        {
            await silo.NextRoundAsync();
        }

        await silo.Clock.ArmedAsync(ReporterFixture.Interval);
        silo.Database.Purges.ShouldBe([began.AddDays(-30), began.AddDays(-30).AddHours(1)]);
    }

    [Fact]
    public async Task NoControlDatabase_IsNeverAsked()
    {
        await using var silo = new ReporterFixture(isOff: true);
        silo.Database.IsAway = true;
        await silo.StartAsync();

        await silo.Running!.WaitAsync(Patience.Limit);
        silo.Warnings.ShouldBeEmpty();
    }
}
