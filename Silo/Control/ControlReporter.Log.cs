namespace DataExport.Silo.Control;

internal sealed partial class ControlReporter
{
    [LoggerMessage(LogLevel.Warning,
        "The control database cannot be written, it is tried again every {Interval}. Replication goes on")]
    private partial void LogAway(Exception exception, TimeSpan interval);

    [LoggerMessage(LogLevel.Information, "The control database is written again")]
    private partial void LogBack();

    [LoggerMessage(LogLevel.Debug, "A report to the control database was given up, since the silo stops")]
    private partial void LogStopped(Exception exception);
}
