using DataExport.Silo.Telemetry;
using DataExport.Targets.Control;

namespace DataExport.Silo.Tests.Control;

/// <summary>What a silo has done for a profile, as it comes to the control database.</summary>
public sealed class SiloMetricsTests
{
    [Fact]
    public async Task Measurement_EveryKind_IsCountedOnceAndInItsColumn()
    {
        await using var silo = new ReporterFixture();
        await silo.StartAsync();
        (await silo.Database.NextAsync()).Measured.ShouldBeEmpty();
        var began = silo.Now;
        DoEverything(silo.Path.For("p"));
        await silo.NextRoundAsync();

        var measured = (await silo.Database.NextAsync()).Measured.ShouldHaveSingleItem();

        (measured.ProfileId, measured.SiloName).ShouldBe(("p", "silo/1"));
        (measured.MeasuredSince, measured.MeasuredOn).ShouldBe((began, began + ReporterFixture.Interval));
        measured.Counts.ShouldBe(new ControlCounts
        {
            MessagesReceived = 10, MessagesCompleted = 1, MessagesAbandoned = 2, MessagesDeadLettered = 3,
            MessagesLost = 4, ChangesApplied = 1, ChangesSuperseded = 2, ChangesRejected = 3, ChangesUncertain = 5,
            RecordsFailed = 1, RowsRead = 50, RecordsFetched = 7,
        });
        silo.Path.For("p").Answered.ShouldBe(1 + 2 + 3 + 5);
    }

    [Fact]
    public async Task Measurement_NothingDoneAndNoWriter_IsNone()
    {
        await using var silo = new ReporterFixture();
        _ = silo.Path.For("p");
        await silo.StartAsync();
        _ = await silo.Database.NextAsync();
        await silo.NextRoundAsync();
        (await silo.Database.NextAsync()).Measured.ShouldBeEmpty();

        silo.Path.For("p").Gauges.Watch(new Writer());
        await silo.NextRoundAsync();

        var measured = (await silo.Database.NextAsync()).Measured.ShouldHaveSingleItem();
        measured.Counts.ShouldBe(new ControlCounts());
        measured.RowsQueued.ShouldBe(3);
        measured.MeasuredSince.ShouldBe(silo.Now - ReporterFixture.Interval);
    }

    [Fact]
    public async Task Measurement_ProfileThatThisSiloReports_HasItsOpenQuestions()
    {
        await using var silo = new ReporterFixture();
        silo.Grains.Report = new ProfileReport { Status = ProfileStatus.DeltaSync, Pending = 9 };
        _ = await silo.CreateAsync("p");
        await silo.StartAsync();
        _ = await silo.Database.NextAsync();
        silo.Path.For("p").FetchSent(1);
        silo.Path.For("elsewhere").FetchSent(1);
        await silo.NextRoundAsync();

        (await silo.Database.NextAsync()).Measured.OrderBy(static measured => measured.ProfileId)
            .Select(static measured => measured.Pending).ShouldBe([null, 9]);
    }

    [Fact]
    public async Task Measurement_AfterAnOutage_CoversAllOfIt()
    {
        await using var silo = new ReporterFixture();
        await silo.StartAsync();
        _ = await silo.Database.NextAsync();
        var began = silo.Now;
        silo.Path.For("p").FetchSent(1);
        silo.Database.IsCutAfterCommit = true;
        await silo.NextRoundAsync();
        (await silo.Database.NextAsync()).Measured.ShouldHaveSingleItem().Counts.RecordsFetched.ShouldBe(1);
        await silo.Clock.ArmedAsync(ReporterFixture.Interval);

        silo.Path.For("p").FetchSent(2);
        silo.Database.IsCutAfterCommit = false;
        silo.Clock.Advance(ReporterFixture.Interval);

        var measured = (await silo.Database.NextAsync()).Measured.ShouldHaveSingleItem();
        measured.Counts.RecordsFetched.ShouldBe(3);
        measured.MeasuredSince.ShouldBe(began);
    }

    [Fact]
    public async Task Measurement_AtAStop_HasWhatWasDoneSinceTheLastRound()
    {
        await using var silo = new ReporterFixture();
        await silo.StartAsync();
        _ = await silo.Database.NextAsync();
        silo.Path.For("p").FetchSent(1);
        await silo.NextRoundAsync();
        _ = await silo.Database.NextAsync();
        await silo.Clock.ArmedAsync(ReporterFixture.Interval);
        silo.Path.For("p").FetchSent(5);
        silo.Clock.Advance(TimeSpan.FromSeconds(3));

        await silo.StopAsync();

        var measured = (await silo.Database.NextAsync()).Measured.ShouldHaveSingleItem();
        measured.Counts.RecordsFetched.ShouldBe(5);
        measured.MeasuredOn.ShouldBe(silo.Now);
        silo.Database.HasMore.ShouldBeFalse();
    }

    private static void DoEverything(ProfileInstruments path)
    {
        for (var message = 0; message < 10; message++)
        {
            path.MessageReceived(1_000);
        }

        Repeat(1, () => path.MessageSettled(MessageOutcome.Completed, 1_000));
        Repeat(2, () => path.MessageSettled(MessageOutcome.Abandoned, 1_000));
        Repeat(3, () => path.MessageSettled(MessageOutcome.DeadLettered, 1_000));
        Repeat(4, () => path.MessageSettled(MessageOutcome.Lost, 1_000));
        Repeat(1, () => path.ChangeApplied("account", ApplyStatus.Applied, TimeSpan.Zero, null));
        Repeat(2, () => path.ChangeApplied("account", ApplyStatus.Superseded, TimeSpan.Zero, null));
        Repeat(3, () => path.ChangeApplied("account", ApplyStatus.Rejected, TimeSpan.Zero, null));
        Repeat(4, () => path.ChangeApplied("account", ApplyStatus.Unavailable, TimeSpan.Zero, null));
        Repeat(5, () => path.ChangeApplied("account", ApplyStatus.Uncertain, TimeSpan.Zero, null));
        path.RecordFailed("account");
        path.PageLoaded("account", 50);
        path.FetchSent(7);
    }

    private static void Repeat(int times, Action action)
    {
        for (var time = 0; time < times; time++)
        {
            action();
        }
    }

    private sealed class Writer : IWriterState
    {
        public bool IsTargetAvailable => true;

        public int RowsQueued => 3;
    }
}
