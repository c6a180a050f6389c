using Microsoft.Extensions.Logging;

namespace DataExport.ServiceBus;

public sealed partial class ServiceBusReceiver
{
    [LoggerMessage(LogLevel.Debug, "Receiver of {EntityPath} attached")]
    private partial void LogAttached(string entityPath);

    [LoggerMessage(LogLevel.Debug, "Receiver of {EntityPath} detached: {Condition} {Description}")]
    private partial void LogDetached(string entityPath, string? condition, string? description);

    [LoggerMessage(LogLevel.Warning, "Receiver of {EntityPath} could not attach, try {Try}")]
    private partial void LogAttachFailed(Exception exception, string entityPath, int @try);

    [LoggerMessage(LogLevel.Warning, "Receiver of {EntityPath} dead-letters a message: {Reason} {Description}")]
    private partial void LogRefused(string entityPath, string reason, string description);
}
