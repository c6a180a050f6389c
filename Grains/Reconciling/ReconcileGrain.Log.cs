using Microsoft.Extensions.Logging;

namespace DataExport.Grains.Reconciling;

internal sealed partial class ReconcileGrain
{
    private void Log(TableReconcileReport report)
    {
        if (report.Different > 0)
        {
            LogDrift(ProfileId, report.Table, report.Different, report.Repaired);
        }

        if (report.Message is { } message)
        {
            LogMessage(ProfileId, report.Table, message);
        }
    }

    [LoggerMessage(
        LogLevel.Information,
        "Profile {Profile}: a reconcile of {Tables} tables begins (cells: {Cells}, repair: {Repair})")]
    private partial void LogStarted(string profile, int tables, bool cells, bool repair);

    [LoggerMessage(
        LogLevel.Warning, "Profile {Profile}, table {Table}: {Rows} rows differ from the source, {Repaired} repaired")]
    private partial void LogDrift(string profile, string table, long rows, long repaired);

    [LoggerMessage(LogLevel.Warning, "Profile {Profile}, table {Table}: {Message}")]
    private partial void LogMessage(string profile, string table, string message);

    [LoggerMessage(LogLevel.Information, "Profile {Profile}: the reconcile ended ({Phase})")]
    private partial void LogEnded(string profile, ReconcilePhase phase);
}
