using DataExport.Grains.Budget;
using DataExport.Grains.Ports;
using DataExport.Silo.Telemetry;

namespace DataExport.Silo.Tests.Telemetry;

public sealed class MetricsTests : IDisposable
{
    private readonly FakeClock _clock = new();
    private readonly PathInstruments _path;
    private readonly TelemetryRegistration.MetricsScrape _scrape;

    private readonly string _profile = Guid.NewGuid().ToString("N");

    public MetricsTests()
    {
        _path = new PathInstruments(_clock, meterName: _profile);
        _scrape = new TelemetryRegistration.MetricsScrape(_path);
    }

    public void Dispose()
    {
        _scrape.Dispose();
        _path.Dispose();
    }

    [Fact]
    public void Scrape_MessagesAndChanges_AreCountedByProfile()
    {
        var instruments = _path.For(_profile);
        instruments.MessageReceived(100);
        instruments.MessageReceived(50);
        instruments.MessageDecoded(3, hasMojibake: true);
        instruments.MessageUnnamed();
        instruments.MessageSettled(MessageOutcome.Completed, 100);
        instruments.ChangeApplied(
            "account", ApplyStatus.Uncertain, TimeSpan.FromMilliseconds(3), TimeSpan.FromSeconds(4));

        var lines = Scrape();

        lines.ShouldContain($"dataexport_messages_received_total{{profile=\"{_profile}\"}} 2");
        lines.ShouldContain($"dataexport_messages_in_flight{{profile=\"{_profile}\"}} 1");
        lines.ShouldContain($"dataexport_messages_in_flight_size_bytes{{profile=\"{_profile}\"}} 50");
        lines.ShouldContain($"dataexport_changes_decoded_total{{profile=\"{_profile}\"}} 3");
        lines.ShouldContain($"dataexport_messages_unnamed_total{{profile=\"{_profile}\"}} 1");
        lines.ShouldContain($"dataexport_messages_mojibake_total{{profile=\"{_profile}\"}} 1");
        lines.ShouldContain(
            $"dataexport_messages_settled_total{{outcome=\"completed\",profile=\"{_profile}\"}} 1");
        lines.ShouldContain($"dataexport_changes_answered_total{{profile=\"{_profile}\",status=\"uncertain\"}} 1");
    }

    [Fact]
    public void Scrape_Histogram_IsCumulativeWithSumAndCount()
    {
        var instruments = _path.For(_profile);
        instruments.BatchMerged(1, TimeSpan.FromMilliseconds(3));
        instruments.BatchMerged(1, TimeSpan.FromSeconds(2));

        var lines = Scrape();
        var name = "dataexport_batch_duration_seconds";

        lines.ShouldContain($"{name}_bucket{{profile=\"{_profile}\",le=\"0.002\"}} 0");
        lines.ShouldContain($"{name}_bucket{{profile=\"{_profile}\",le=\"0.005\"}} 1");
        lines.ShouldContain($"{name}_bucket{{profile=\"{_profile}\",le=\"2.5\"}} 2");
        lines.ShouldContain($"{name}_bucket{{profile=\"{_profile}\",le=\"+Inf\"}} 2");
        lines.ShouldContain($"{name}_count{{profile=\"{_profile}\"}} 2");
        lines.ShouldContain($"{name}_sum{{profile=\"{_profile}\"}} 2.003");
        lines.ShouldContain($"# TYPE {name} histogram");
    }

    [Fact]
    public void Scrape_Change_HasLatencyAndLagByTable()
    {
        _path.For(_profile).ChangeApplied(
            "account", ApplyStatus.Applied, TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(7));
        _path.For(_profile).ChangeApplied("contact", ApplyStatus.Applied, TimeSpan.FromSeconds(0.2), null);
        _path.For(_profile).ChangeApplied(
            "task", ApplyStatus.Unavailable, TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(7));

        var lines = Scrape();
        var account = $"{{profile=\"{_profile}\",table=\"account\"}}";

        lines.ShouldContain($"dataexport_change_latency_seconds_sum{account} 0.2");
        lines.ShouldContain($"dataexport_change_lag_seconds_sum{account} 7");
        lines.Count(line => IsMine(line, "dataexport_change_latency_seconds_count")).ShouldBe(2);
        lines.Count(line => IsMine(line, "dataexport_change_lag_seconds_count")).ShouldBe(1);
    }

    [Fact]
    public void Scrape_Pending_IsCountAndAgeByTable()
    {
        _path.For(_profile).Gauges.TellPending(
            new Dictionary<string, long> { ["account"] = 4, ["task"] = 0 },
            new Dictionary<string, DateTime> { ["account"] = _clock.GetUtcNow().UtcDateTime });
        _clock.Advance(TimeSpan.FromSeconds(90));

        var lines = Scrape();

        lines.ShouldContain($"dataexport_pending{{profile=\"{_profile}\",table=\"account\"}} 4");
        lines.ShouldContain($"dataexport_pending_age_seconds{{profile=\"{_profile}\",table=\"account\"}} 90");
        lines.ShouldContain($"dataexport_pending_age_seconds{{profile=\"{_profile}\",table=\"task\"}} 0");
    }

    [Fact]
    public void Scrape_TableAtItsLoad_ShowsRowsAndNoDelta()
    {
        _path.For(_profile).Gauges.TellTable("account", new TableSyncState
        {
            Table = "account", Phase = TableSyncPhase.Load, RowsDone = 50, RowsTotal = 200,
        });

        var lines = Scrape();
        var account = $"{{profile=\"{_profile}\",table=\"account\"}}";

        lines.ShouldContain($"dataexport_table_phase{account} 2");
        lines.ShouldContain($"dataexport_initial_sync_rows{account} 50");
        lines.ShouldContain($"dataexport_initial_sync_rows_expected{account} 200");
        lines.ShouldNotContain(line => IsMine(line, "dataexport_delta_age_seconds"));
    }

    [Fact]
    public void Scrape_TableAtItsDeltas_ShowsTimeSinceTheLastOrSinceItsLoad()
    {
        var gauges = _path.For(_profile).Gauges;
        var deltas = new TableSyncState { Table = "account", Phase = TableSyncPhase.Delta };
        gauges.TellTable("account", deltas);
        _clock.Advance(TimeSpan.FromSeconds(20));
        var name = $"dataexport_delta_age_seconds{{profile=\"{_profile}\",table=\"account\"}}";
        Scrape().ShouldContain($"{name} 20");

        gauges.TellTable("account", deltas with { LastDeltaOn = _clock.GetUtcNow().UtcDateTime });
        _clock.Advance(TimeSpan.FromSeconds(3));
        Scrape().ShouldContain($"{name} 3");

        gauges.TellTable("account", null);
        Scrape().ShouldNotContain(line => IsMine(line, "dataexport_delta_age_seconds"));
    }

    [Fact]
    public void Scrape_WriterAndCredit_AreShownUntilUnwatched()
    {
        var gauges = _path.For(_profile).Gauges;
        var (old, present) = (new FakeState(), new FakeState { IsTargetAvailable = true, RowsQueued = 7 });
        gauges.Watch((IWriterState)old);
        gauges.Watch((IWriterState)present);
        gauges.Watch((ICreditState)present);
        gauges.Unwatch((IWriterState)old);

        var lines = Scrape();

        lines.ShouldContain($"dataexport_target_available{{profile=\"{_profile}\"}} 1");
        lines.ShouldContain($"dataexport_queue_rows{{profile=\"{_profile}\"}} 7");
        lines.ShouldContain($"dataexport_messages_credit{{profile=\"{_profile}\"}} 12");

        gauges.Unwatch((IWriterState)present);
        Scrape().ShouldNotContain(line => IsMine(line, "dataexport_target_available"));
    }

    [Fact]
    public void Scrape_BegunProfile_HasEverySeriesAtZero()
    {
        _path.For(_profile).Begin(["account"]);

        var lines = Scrape();

        lines.ShouldContain($"dataexport_records_failed_total{{profile=\"{_profile}\",table=\"account\"}} 0");
        lines.ShouldContain($"dataexport_messages_settled_total{{outcome=\"lost\",profile=\"{_profile}\"}} 0");
        lines.ShouldContain($"dataexport_messages_unnamed_total{{profile=\"{_profile}\"}} 0");
        lines.ShouldContain($"dataexport_batch_retried_total{{profile=\"{_profile}\"}} 0");
    }

    [Fact]
    public void Scrape_ForgottenProfile_HasNoGauges()
    {
        _path.For(_profile).Gauges.TellPending(
            new Dictionary<string, long> { ["account"] = 4 }, new Dictionary<string, DateTime>());
        _path.Forget(_profile);

        Scrape().ShouldNotContain(line => IsMine(line, "dataexport_pending"));
    }

    [Fact]
    public void Scrape_Budget_IsRequestsByWorkAndSharesOfTheLimits()
    {
        var (budgets, host) = (_path.Budgets, $"{_profile}.crm.dynamics.com");
        budgets.Begin(host);
        budgets.Granted(host, SourceWork.Sync);
        budgets.Granted(host, SourceWork.Sync);

        var lines = Scrape();
        lines.ShouldContain($"dataexport_source_requests_total{{host=\"{host}\",work=\"sync\"}} 2");
        lines.ShouldContain($"dataexport_source_requests_total{{host=\"{host}\",work=\"load\"}} 0");
        lines.ShouldNotContain(line => IsMine(line, "dataexport_source_requests_share"));

        var report = new BudgetReport(1_500, TimeSpan.FromMinutes(3), 13, TimeSpan.Zero, Waits: 0, WaitsShare: 0);
        budgets.Tell(host, report, new SourceBudgetOptions());
        lines = Scrape();
        lines.ShouldContain($"dataexport_source_requests_share{{host=\"{host}\"}} 0.25");
        lines.ShouldContain($"dataexport_source_execution_share{{host=\"{host}\"}} 0.15");
        lines.ShouldContain($"dataexport_source_concurrency_share{{host=\"{host}\"}} 0.25");

        budgets.Tell(host, null, new SourceBudgetOptions());
        Scrape().ShouldNotContain(line => IsMine(line, "dataexport_source_requests_share"));
    }

    [Fact]
    public void Scrape_Runtime_IsThere() =>
        Scrape().ShouldContain(line => line.StartsWith("dotnet_gc_collections_total{", StringComparison.Ordinal));

    [Fact]
    public void Scrape_LabelWithQuotes_IsEscaped()
    {
        _path.For(_profile).PageLoaded("a\"b\\c\n", 1);

        Scrape().ShouldContain(line => line.Contains("table=\"a\\\"b\\\\c\\n\"", StringComparison.Ordinal));
    }

    [Fact]
    public void HotPath_OnceItsSeriesExist_AllocatesNothing()
    {
        var instruments = _path.For(_profile);
        HotPath(instruments);

        // A call that allocates does so in every round; the runtime compiles the loop anew in one of them.
        Enumerable.Range(0, 20).Min(_ => AllocatedBytes(instruments, calls: 1_000)).ShouldBe(0);
    }

    private static long AllocatedBytes(ProfileInstruments instruments, int calls)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var call = 0; call < calls; call++)
        {
            HotPath(instruments);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void HotPath(ProfileInstruments instruments)
    {
        instruments.MessageReceived(1_000);
        instruments.MessageDecoded(1, hasMojibake: false);
        instruments.ChangeApplied(
            "account", ApplyStatus.Applied, TimeSpan.FromMilliseconds(5), TimeSpan.FromSeconds(1));
        instruments.MessageSettled(MessageOutcome.Completed, 1_000);
        instruments.BatchMerged(100, TimeSpan.FromMilliseconds(2));
    }

    private string[] Scrape() => _scrape.Exporter.Scrape(TimeSpan.FromSeconds(30)).Split('\n');

    private bool IsMine(string line, string name) =>
        line.StartsWith($"{name}{{", StringComparison.Ordinal) && line.Contains(_profile, StringComparison.Ordinal);

    private sealed class FakeState : IWriterState, ICreditState
    {
        public bool IsTargetAvailable { get; init; }

        public int RowsQueued { get; init; }

        public int MessagesGranted => 12;
    }
}
