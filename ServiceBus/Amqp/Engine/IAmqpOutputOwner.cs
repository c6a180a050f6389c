namespace DataExport.ServiceBus.Amqp;

/// <summary>What the writer asks of its connection.</summary>
internal interface IAmqpOutputOwner
{
    /// <summary>Adds what was held back to be put together: dispositions, flows. The lock is held.</summary>
    void Gather(AmqpBuffer buffer);

    /// <summary>A write is done. Without the lock.</summary>
    /// <param name="wasFull">Transfers were turned away while it waited.</param>
    void OnWritten(bool wasFull);
}
