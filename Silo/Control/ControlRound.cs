using DataExport.Targets.Control;
using Microsoft.Extensions.Options;

namespace DataExport.Silo.Control;

/// <summary>What is written to the control database at a time. For one caller at a time.</summary>
internal sealed class ControlRound(
    IControlDatabase database,
    ProfileReports reports,
    SiloMetrics metrics,
    IOptions<ControlReportOptions> options,
    TimeProvider clock)
{
    private static readonly TimeSpan s_purgeInterval = TimeSpan.FromHours(1);

    private readonly ControlReportOptions _options = options.Value;
    private DateTime _purgedOn = DateTime.MinValue;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>
    /// All profiles that no other silo has reported lately, those of which something was told, and what this silo has
    /// done.
    /// </summary>
    public async Task RunAsync(IReadOnlySet<string> told, CancellationToken cancellationToken)
    {
        var began = Now;
        var reported = await database.ReadReportTimesAsync(cancellationToken);
        var ids = await reports.ListAsync(cancellationToken);

        // Each profile is asked by one silo a round, whichever comes first: the others find it reported.
        var recent = began - (_options.Interval * 0.75);
        var due = ids.Where(id => !reported.TryGetValue(id, out var on) || on <= recent).Union(told);
        var report = await reports.ReadAsync(due, cancellationToken);
        var silentSince = began - (_options.Interval * 3);
        var missing = reported.Keys.Except(ids).Select(id => new GoneProfile(id, began, silentSince));
        await WriteAsync(report with { Gone = [.. report.Gone, .. missing] }, cancellationToken);
        await PurgeAsync(cancellationToken);
    }

    /// <summary>Profiles of which something was told.</summary>
    public async Task ReportAsync(IReadOnlySet<string> told, CancellationToken cancellationToken) =>
        await database.WriteAsync(await reports.ReadAsync(told, cancellationToken), cancellationToken);

    /// <summary>What this silo has done since its last round, before it stops.</summary>
    public Task EndAsync(CancellationToken cancellationToken) => WriteAsync(new ControlReport(), cancellationToken);

    private async Task WriteAsync(ControlReport report, CancellationToken cancellationToken)
    {
        var pending = report.Profiles.ToDictionary(
            static profile => profile.Profile.Id, static profile => profile.Report.Pending, StringComparer.Ordinal);
        var measured = metrics.Measure().Select(profile => profile with
        {
            Pending = pending.TryGetValue(profile.ProfileId, out var questions) ? questions : null,
        });
        await database.WriteAsync(report with { Measured = [.. measured] }, cancellationToken);
        metrics.Wrote();
    }

    private async Task PurgeAsync(CancellationToken cancellationToken)
    {
        if (Now - _purgedOn >= s_purgeInterval)
        {
            await database.PurgeAsync(Now.AddDays(-_options.KeepMetricsDays), cancellationToken);
            _purgedOn = Now;
        }
    }
}
