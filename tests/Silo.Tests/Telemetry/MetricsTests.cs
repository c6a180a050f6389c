using DataExport.Silo.Telemetry;

namespace DataExport.Silo.Tests.Telemetry;

public sealed class MetricsTests : IDisposable
{
    private readonly PathInstruments _path = new();
    private readonly TelemetryRegistration.MetricsScrape _scrape;

    // Meters of other tests in this process have the same name, so each test looks at a profile of its own.
    private readonly string _profile = Guid.NewGuid().ToString("N");

    public MetricsTests() => _scrape = new TelemetryRegistration.MetricsScrape(_path);

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
        instruments.MessageDecoded(3);
        instruments.MessageSettled(MessageOutcome.Completed, 100);
        instruments.ChangeApplied(ApplyStatus.Uncertain, TimeSpan.FromMilliseconds(3));

        var lines = Scrape();

        lines.ShouldContain($"dataexport_messages_received_total{{profile=\"{_profile}\"}} 2");
        lines.ShouldContain($"dataexport_messages_in_flight{{profile=\"{_profile}\"}} 1");
        lines.ShouldContain($"dataexport_messages_in_flight_size_bytes{{profile=\"{_profile}\"}} 50");
        lines.ShouldContain($"dataexport_changes_decoded_total{{profile=\"{_profile}\"}} 3");
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
    public void Scrape_Pending_IsAGaugeByTable()
    {
        _path.For(_profile).PendingCounted(new Dictionary<string, long> { ["account"] = 4 });

        Scrape().ShouldContain($"dataexport_pending{{profile=\"{_profile}\",table=\"account\"}} 4");
    }

    [Fact]
    public void Scrape_ForgottenProfile_HasNoPendingGauge()
    {
        _path.For(_profile).PendingCounted(new Dictionary<string, long> { ["account"] = 4 });
        _path.Forget(_profile);

        Scrape().ShouldNotContain(line => line.StartsWith("dataexport_pending", StringComparison.Ordinal)
            && line.Contains(_profile, StringComparison.Ordinal));
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
        instruments.MessageDecoded(1);
        instruments.ChangeApplied(ApplyStatus.Applied, TimeSpan.FromMilliseconds(5));
        instruments.MessageSettled(MessageOutcome.Completed, 1_000);
        instruments.BatchMerged(100, TimeSpan.FromMilliseconds(2));
    }

    private string[] Scrape() => _scrape.Exporter.Scrape(TimeSpan.FromSeconds(30)).Split('\n');
}
