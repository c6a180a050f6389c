using Microsoft.Extensions.Logging;

namespace DataExport.Grains.Records;

internal sealed partial class RecordGrain
{
    [LoggerMessage(LogLevel.Debug, "Record {Key}: operation {Operation} was delivered again")]
    private partial void LogRedelivered(RecordKey key, Guid operation);

    [LoggerMessage(LogLevel.Warning, "Record {Key}: the target rejects it ({Reason}); it is in the failure log")]
    private partial void LogRejected(RecordKey key, string? reason);
}
