using System.Diagnostics.CodeAnalysis;

namespace DataExport.ServiceBus;

/// <summary>
/// Receives the messages of one queue or subscription under peek-lock, at the caller's pace: nothing arrives that
/// was not granted. It reconnects for ever; a caller sees no error but those of a settlement.
/// </summary>
/// <remarks>
/// <code>
/// receiver.Grant(2_000);
/// while (await receiver.WaitToReadAsync(stopping))
///     while (receiver.TryRead(out var message)) { … await receiver.CompleteAsync(message); receiver.Grant(1); }
/// </code>
/// All members may be called from many threads.
/// </remarks>
public sealed class ServiceBusReceiver : IAsyncDisposable
{
    internal ServiceBusReceiver(ServiceBusClient client)
    {
    }

    /// <summary>The queue, or <c>topic/Subscriptions/name</c>; with <c>/$DeadLetterQueue</c> if that is read.</summary>
    public string EntityPath => throw new NotImplementedException();

    /// <summary>Whether a link is attached now.</summary>
    public bool IsConnected => throw new NotImplementedException();

    /// <summary>Messages granted and not arrived yet, whether the link is up, down or paused.</summary>
    public int CreditOutstanding => throw new NotImplementedException();

    /// <summary>
    /// Allows <paramref name="messages"/> more messages to come. The lock of a message runs from when the broker takes
    /// it for this credit, so grant what there is room for now. Cheap: what many calls grant leaves in one frame.
    /// </summary>
    public void Grant(int messages) => throw new NotImplementedException();

    /// <summary>
    /// Takes the credit back: when the task is done, nothing more arrives until <see cref="Resume"/>. What was under
    /// way has arrived and can be read. While the link is down there is nothing to take back and the task ends at once.
    /// </summary>
    public Task PauseAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Gives again what <see cref="PauseAsync"/> took back, and what was granted meanwhile.</summary>
    public void Resume() => throw new NotImplementedException();

    /// <summary>True when a message can be read, false when the receiver is disposed and all have been read.</summary>
    public ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>Takes the next message that has arrived.</summary>
    public bool TryRead([MaybeNullWhen(false)] out ServiceBusReceivedMessage message) =>
        throw new NotImplementedException();

    /// <summary>Ends the message. Done when the broker has confirmed.</summary>
    /// <exception cref="ServiceBusException">The broker refused; after a lost lock the message comes again.</exception>
    public ValueTask CompleteAsync(ServiceBusReceivedMessage message) => throw new NotImplementedException();

    /// <summary>Gives the message back: it comes again at once, with a higher delivery count.</summary>
    /// <exception cref="ServiceBusException">As with <see cref="CompleteAsync"/>.</exception>
    public ValueTask AbandonAsync(ServiceBusReceivedMessage message) => throw new NotImplementedException();

    /// <summary>Moves the message to the dead-letter queue. Texts are cut at 4096 characters.</summary>
    /// <exception cref="ServiceBusException">As with <see cref="CompleteAsync"/>.</exception>
    public ValueTask DeadLetterAsync(ServiceBusReceivedMessage message, string reason, string? description = null) =>
        throw new NotImplementedException();

    /// <summary>Renews the lock, and returns and sets the message's new <c>LockedUntil</c>.</summary>
    /// <exception cref="ServiceBusException">The lock is lost already, or the broker did not answer.</exception>
    public Task<DateTimeOffset> RenewLockAsync(
        ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>Detaches. Messages that were not settled come again when their locks end.</summary>
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
