using System.Data;
using Microsoft.Extensions.Options;

namespace DataExport.Targets.Control;

/// <summary>The control database in whatever engine the options name.</summary>
internal sealed class ControlDatabase(IOptions<ControlDatabaseOptions> options, TimeProvider clock) : IControlDatabase
{
    private static readonly ControlColumn s_profileId = new("ProfileId", DbType.String);
    private static readonly ControlColumn s_siloName = new("SiloName", DbType.String);
    private static readonly ControlColumn s_measuredSince = new("MeasuredSince", DbType.DateTime);
    private static readonly ControlColumn s_reportedOn = new("ReportedOn", DbType.DateTime);
    private static readonly ControlColumn s_noticedOn = new("NoticedOn", DbType.DateTime);
    private static readonly ControlColumn s_silentSince = new("SilentSince", DbType.DateTime);
    private static readonly ControlColumn s_before = new("Before", DbType.DateTime);

    private ControlDialect? _dialect;

    /// <summary>Made when first needed: without a control database there is none.</summary>
    private ControlDialect Dialect => _dialect ??= ControlDialects.Of(options.Value);

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, DateTime>> ReadReportTimesAsync(CancellationToken cancellationToken)
    {
        await using var session = await OpenAsync(cancellationToken);
        return await session.TimesAsync(ControlStatements.ReadReportTimes, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task WriteAsync(ControlReport report, CancellationToken cancellationToken)
    {
        await using var session = await OpenAsync(cancellationToken);
        foreach (var profile in report.Profiles)
        {
            await session.BeginAsync(cancellationToken);
            await WriteAsync(session, profile, cancellationToken);
            await session.CommitAsync(cancellationToken);
        }

        await session.BeginAsync(cancellationToken);
        foreach (var gone in report.Gone)
        {
            await session.RunAsync(
                ControlStatements.MarkGone,
                cancellationToken,
                s_profileId.With(gone.ProfileId),
                s_noticedOn.With(gone.NoticedOn),
                s_silentSince.With(gone.SilentSince));
        }

        foreach (var measured in report.Measured)
        {
            await WriteAsync(session, measured, cancellationToken);
        }

        await session.CommitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task PurgeAsync(DateTime before, CancellationToken cancellationToken)
    {
        await using var session = await OpenAsync(cancellationToken);
        await session.RunAsync(ControlStatements.Purge, cancellationToken, s_before.With(before));
    }

    private static async Task WriteAsync(
        ControlSession session, ReportedProfile reported, CancellationToken cancellationToken)
    {
        await session.RunAsync(
            ControlStatements.SaveProfile, ControlTables.Profiles, ControlRows.Of(reported), cancellationToken);
        foreach (var table in reported.Report.Tables)
        {
            await session.RunAsync(
                ControlStatements.SaveTable,
                ControlTables.ProfileTables,
                ControlRows.Of(reported, table),
                cancellationToken);
        }

        if (reported.Report.Tables.Length > 0)
        {
            // A profile that is not active reports no table: its rows stay as they were told last.
            await session.RunAsync(
                ControlStatements.RemoveOtherTables,
                cancellationToken,
                s_profileId.With(reported.Profile.Id),
                s_reportedOn.With(reported.ReportedOn));
        }
    }

    private static async Task WriteAsync(
        ControlSession session, MeasuredProfile measured, CancellationToken cancellationToken)
    {
        await session.RunAsync(
            ControlStatements.RemoveDoubtedMetrics,
            cancellationToken,
            s_profileId.With(measured.ProfileId),
            s_siloName.With(measured.SiloName),
            s_measuredSince.With(measured.MeasuredSince));
        await session.RunAsync(
            ControlStatements.SaveMetrics, ControlTables.SyncMetrics, ControlRows.Of(measured), cancellationToken);
    }

    private async Task<ControlSession> OpenAsync(CancellationToken cancellationToken)
    {
        var session = await ControlSession.OpenAsync(Dialect, cancellationToken);
        try
        {
            await new ControlSchema(ControlScripts.Of(Dialect.Engine), clock).UpgradeAsync(session, cancellationToken);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }
}
