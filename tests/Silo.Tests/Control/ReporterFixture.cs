using DataExport.Silo.Control;
using DataExport.Silo.Telemetry;
using DataExport.Silo.Tests.Api;
using DataExport.Silo.Tests.Pulling;
using DataExport.Targets.Control;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DataExport.Silo.Tests.Control;

/// <summary>A reporter over fake grains, a database in memory and a clock that the test moves.</summary>
internal sealed class ReporterFixture : IAsyncDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly ControlReporter _reporter;

    public ReporterFixture(bool isOff = false)
    {
        var options = Options.Create(new ControlReportOptions { Interval = Interval, SiloName = "silo/1" });
        var grains = Grains.ToFactory();
        var database = Options.Create(new ControlDatabaseOptions { Type = isOff ? "none" : "sqlite" });
        Path = new PathInstruments(Clock, meterName: Guid.NewGuid().ToString("N"));
        var round = new ControlRound(
            Database,
            new ProfileReports(grains, options, Clock, ReportsLog),
            new SiloMetrics(Path, options, Clock),
            options,
            Clock);
        _reporter = new ControlReporter(round, Changes, database, options, Clock, Log);
    }

    public FakeClock Clock { get; } = new();

    public FakeGrains Grains { get; } = new();

    public FakeControlDatabase Database { get; } = new();

    public ProfileChanges Changes { get; } = new();

    public PathInstruments Path { get; }

    public RecordingLogger<ControlReporter> Log { get; } = new();

    public RecordingLogger<ProfileReports> ReportsLog { get; } = new();

    public DateTime Now => Clock.GetUtcNow().UtcDateTime;

    public Task? Running => _reporter.ExecuteTask;

    public IEnumerable<string> Warnings => Log.Lines.Concat(ReportsLog.Lines)
        .Where(static line => line.Level is LogLevel.Warning)
        .Select(static line => line.Text);

    public Task StartAsync() => _reporter.StartAsync(CancellationToken.None);

    public Task StopAsync() => _reporter.StopAsync(CancellationToken.None);

    /// <summary>A profile; active ones report what <see cref="FakeGrains.Report"/> says.</summary>
    public async Task<string> CreateAsync(string id, bool isActive = true)
    {
        var grain = Grains.ToFactory().GetGrain<IExportProfileGrain>(id);
        _ = await grain.CreateAsync(ApiFixture.Valid with { Id = id, Name = id, CreationTime = Now });
        if (isActive)
        {
            _ = await grain.ActivateAsync();
        }

        return id;
    }

    public Task DeleteAsync(string id) => Grains.ToFactory().GetGrain<IExportProfileGrain>(id).DeleteAsync();

    /// <summary>Moves the clock to the next round, once the last has ended.</summary>
    public async Task NextRoundAsync()
    {
        await Clock.ArmedAsync(Interval);
        Clock.Advance(Interval);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _reporter.Dispose();
        Path.Dispose();
    }
}
