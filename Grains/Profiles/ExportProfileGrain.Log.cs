using Microsoft.Extensions.Logging;

namespace DataExport.Grains.Profiles;

internal sealed partial class ExportProfileGrain
{
    [LoggerMessage(LogLevel.Information, "Profile {Profile}: the environment's metadata changed: {Tables}")]
    private partial void LogTablesChanged(string profile, string tables);

    [LoggerMessage(LogLevel.Information, "Profile {Profile} is now {Status}")]
    private partial void LogStatus(string profile, ProfileStatus status);

    [LoggerMessage(LogLevel.Warning, "Profile {Profile}: {Left}")]
    private partial void LogLeft(string profile, string left);

    [LoggerMessage(LogLevel.Warning, "Profile {Profile}: what was registered could not be removed")]
    private partial void LogNotUnregistered(Exception exception, string profile);

    [LoggerMessage(LogLevel.Warning, "Profile {Profile} could not be activated")]
    private partial void LogNotActivated(Exception exception, string profile);

    [LoggerMessage(LogLevel.Warning, "Profile {Profile} is active but not all of it has started, it is tried again")]
    private partial void LogNotStarted(Exception exception, string profile);
}
