using Microsoft.Extensions.Logging;

namespace DataExport.Sandbox;

public sealed partial class ServiceBusNamespace
{
    [LoggerMessage(
        LogLevel.Warning,
        "Queue {Queue}: {File} was cut off by a crash at byte {WholeBytes}; {DroppedBytes} bytes are dropped")]
    private partial void LogTornFile(string queue, string file, long wholeBytes, long droppedBytes);
}
