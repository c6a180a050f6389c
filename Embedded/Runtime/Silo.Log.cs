using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

internal sealed partial class Silo
{
    [LoggerMessage(LogLevel.Error, "Grain {GrainId} failed to activate")]
    public partial void LogActivationFailed(Exception exception, GrainId grainId);

    [LoggerMessage(LogLevel.Error, "Grain {GrainId} failed while deactivating; it has left all the same")]
    public partial void LogDeactivationFailed(Exception exception, GrainId grainId);

    [LoggerMessage(LogLevel.Warning, "Grain {GrainId}: a timer tick failed; the timer goes on")]
    public partial void LogTickFailed(Exception exception, GrainId grainId);

    [LoggerMessage(LogLevel.Warning, "Grain {GrainId}: one-way call of {Method} failed; nobody waits for it")]
    public partial void LogUnheard(Exception exception, GrainId grainId, GrainMethod method);

    [LoggerMessage(LogLevel.Error, "Grain {GrainId}: storage {Storage} failed to {Operation} state {StateName}")]
    public partial void LogStorageFailed(
        Exception exception, GrainId grainId, string storage, string operation, string stateName);

    [LoggerMessage(LogLevel.Warning, "Grain {GrainId}: a cancellation callback failed")]
    private partial void LogCancellationFailed(Exception exception, GrainId grainId);

    [LoggerMessage(LogLevel.Error, "The heartbeat failed on an activation; the others are looked at")]
    public partial void LogHeartbeatFailed(Exception exception);
}
