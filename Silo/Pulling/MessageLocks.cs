using DataExport.ServiceBus;

namespace DataExport.Silo.Pulling;

/// <summary>
/// The locks of the messages in flight. Renewed on a timer of its own, so that no slow target lets them end and the bus
/// hands out again what is being written.
/// </summary>
internal sealed partial class MessageLocks(
    ServiceBusReceiver receiver, TimeSpan renewBefore, TimeProvider clock, ILogger logger)
{
    private readonly HashSet<ServiceBusReceivedMessage> _inFlight = [];
    private readonly Lock _gate = new();

    public void Add(ServiceBusReceivedMessage message)
    {
        lock (_gate)
        {
            _ = _inFlight.Add(message);
        }
    }

    public void Remove(ServiceBusReceivedMessage message)
    {
        lock (_gate)
        {
            _ = _inFlight.Remove(message);
        }
    }

    /// <summary>Renews the locks that end soon.</summary>
    public async Task RenewAsync()
    {
        foreach (var message in Ending())
        {
            try
            {
                _ = await receiver.RenewLockAsync(message);
            }
            catch (Exception exception) when (exception is ServiceBusException or OperationCanceledException
                or ObjectDisposedException)
            {
                // The message comes again while its change may still be on the way: the fence makes that harmless.
                LogRenewFailed(exception, message.SequenceNumber);
            }
        }
    }

    private List<ServiceBusReceivedMessage> Ending()
    {
        var soon = clock.GetUtcNow() + renewBefore;
        lock (_gate)
        {
            return [.. _inFlight.Where(message => message.LockedUntil <= soon)];
        }
    }

    [LoggerMessage(LogLevel.Information, "Message {SequenceNumber}: its lock could not be renewed, it will come again")]
    private partial void LogRenewFailed(Exception exception, long sequenceNumber);
}
