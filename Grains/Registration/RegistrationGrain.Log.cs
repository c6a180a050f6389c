using DataExport.Grains.Ports;
using Microsoft.Extensions.Logging;

namespace DataExport.Grains.Registration;

internal sealed partial class RegistrationGrain
{
    private void Log(RegistrationPlan done)
    {
        foreach (var change in done.Changes)
        {
            LogRegistered(ProfileId, change);
        }

        foreach (var warning in done.Warnings)
        {
            LogWarning(ProfileId, warning);
        }
    }

    [LoggerMessage(LogLevel.Information, "Profile {Profile}: {Change}")]
    private partial void LogRegistered(string profile, string change);

    [LoggerMessage(LogLevel.Warning, "Profile {Profile}: {Warning}")]
    private partial void LogWarning(string profile, string warning);

    [LoggerMessage(LogLevel.Information, "Profile {Profile}: what was registered is removed")]
    private partial void LogRemoved(string profile);

    [LoggerMessage(LogLevel.Warning, "Profile {Profile}: what was registered could not be removed")]
    private partial void LogNotRemoved(Exception exception, string profile);

    [LoggerMessage(
        LogLevel.Warning, "Profile {Profile}: {Count} registrations are not as they should be, such as: {First}")]
    private partial void LogDrift(string profile, int count, string first);

    [LoggerMessage(
        LogLevel.Warning,
        "Profile {Profile}: {Count} posts have failed since it was activated, the last on {Newest}; deltas follow")]
    private partial void LogFailedPosts(string profile, long count, DateTime newest);

    [LoggerMessage(LogLevel.Warning, "Profile {Profile}: the registration could not be checked, it is tried again")]
    private partial void LogCheckFailed(Exception exception, string profile);

    [LoggerMessage(LogLevel.Warning, "Profile {Profile}: not all tables could catch up after a repair of the steps")]
    private partial void LogNotCaughtUp(Exception exception, string profile);
}
