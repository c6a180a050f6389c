using DataExport.ServiceBus;

namespace DataExport.Silo.Pulling;

/// <summary>
/// The locks of the messages in flight. Renewed on a timer of its own, so that no slow target lets them end and the bus
/// hands out again what is being written.
/// </summary>
internal sealed partial class MessageLocks(
    ServiceBusReceiver receiver, TimeSpan renewBefore, TimeProvider clock, ILogger logger)
{
    // One after the other, thousands of messages would take longer than a lock lasts.
    private const int RenewalsMax = 32;

    private readonly HashSet<ServiceBusReceivedMessage> _inFlight = [];
    private readonly Lock _gate = new();
    private int _isRenewing;

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

    /// <summary>Renews the locks that end soon, unless that is under way already. Never throws.</summary>
    public async Task RenewAsync()
    {
        if (Interlocked.Exchange(ref _isRenewing, 1) == 1)
        {
            // The bus is slow: asking twice for the same locks would make it slower.
            return;
        }

        try
        {
            await Parallel.ForEachAsync(
                Ending(),
                new ParallelOptions { MaxDegreeOfParallelism = RenewalsMax },
                (message, _) => RenewAsync(message));
        }
        finally
        {
            Volatile.Write(ref _isRenewing, 0);
        }
    }

    private async ValueTask RenewAsync(ServiceBusReceivedMessage message)
    {
        lock (_gate)
        {
            if (!_inFlight.Contains(message))
            {
                return;
            }
        }

        try
        {
            _ = await receiver.RenewLockAsync(message);
        }
        catch (Exception exception)
        {
            // The message comes again while its change may still be on the way: the fence makes that harmless.
            LogRenewFailed(exception, message.SequenceNumber);
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
