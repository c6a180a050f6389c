using Microsoft.Extensions.Logging;

namespace DataExport.Grains.Tables;

internal sealed partial class TableSyncGrain
{
    [LoggerMessage(LogLevel.Information, "Profile {Profile}, table {Table}: initial sync of {Rows} rows begins")]
    private partial void LogLoadBegins(string profile, string table, long rows);

    [LoggerMessage(LogLevel.Information, "Profile {Profile}, table {Table}: initial sync ended with {Rows} rows")]
    private partial void LogLoaded(string profile, string table, long rows);

    [LoggerMessage(LogLevel.Information,
        "Profile {Profile}, table {Table}: organization, columns, filter or masks are others than were read; the table "
        + "is read anew")]
    private partial void LogScopeChanged(string profile, string table);

    [LoggerMessage(LogLevel.Warning,
        "Profile {Profile}, table {Table}: the delta token expired or the metadata changed; the table is read anew")]
    private partial void LogTokenExpired(string profile, string table);

    [LoggerMessage(
        LogLevel.Warning, "Profile {Profile}, table {Table}: synchronisation failed, it will be tried again")]
    private partial void LogRoundFailed(Exception exception, string profile, string table);
}
