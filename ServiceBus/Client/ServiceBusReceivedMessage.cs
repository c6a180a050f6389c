namespace DataExport.ServiceBus;

/// <summary>A message under lock.</summary>
/// <remarks>
/// The message owns one right-sized array that holds it as it was encoded. <see cref="Body"/> is a slice of that
/// array, nothing is pooled, nothing has to be released: what is no longer referenced is collected. Text and
/// application properties are decoded when they are asked for.
/// </remarks>
public sealed class ServiceBusReceivedMessage
{
    internal ServiceBusReceivedMessage()
    {
    }

    /// <summary>The body: the data section, or several joined. Valid as long as the message is referenced.</summary>
    public ReadOnlyMemory<byte> Body => throw new NotImplementedException();

    /// <summary>Length of <see cref="Body"/>.</summary>
    public int BodyBytes => throw new NotImplementedException();

    /// <summary>Identifier by the sender or the service; never null, empty if the broker gave none.</summary>
    public string MessageId => throw new NotImplementedException();

    public string? ContentType => throw new NotImplementedException();

    /// <summary>How often the message was handed out, this time included: 1 at first.</summary>
    public int DeliveryCount => throw new NotImplementedException();

    public Guid LockToken => throw new NotImplementedException();

    /// <summary>UTC. <see cref="ServiceBusReceiver.RenewLockAsync"/> moves it.</summary>
    public DateTimeOffset LockedUntil => throw new NotImplementedException();

    public long SequenceNumber => throw new NotImplementedException();

    /// <summary>UTC.</summary>
    public DateTimeOffset EnqueuedTime => throw new NotImplementedException();

    /// <summary>Decoded on first use.</summary>
    public IReadOnlyDictionary<string, object?> ApplicationProperties => throw new NotImplementedException();
}
