namespace DataExport.ServiceBus;

/// <summary>Options of one <see cref="ServiceBusReceiver"/>.</summary>
public sealed class ServiceBusReceiverOptions
{
    /// <summary>Name that the service's logs show for this receiver; unique when left out.</summary>
    public string? Identifier { get; set; }

    /// <summary>The receiver's dead-letter queue is read instead of the entity itself.</summary>
    public bool DeadLetterQueue { get; set; }

    /// <summary>A drain not answered for this long ends the link; a fresh one follows. Default 5 s.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
