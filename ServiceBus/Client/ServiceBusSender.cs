namespace DataExport.ServiceBus;

/// <summary>Sends messages to one queue or topic. Any number of sends may be under way at once.</summary>
public sealed class ServiceBusSender : IAsyncDisposable
{
    internal ServiceBusSender(ServiceBusClient client, string entityPath)
    {
    }

    /// <summary>The queue or topic.</summary>
    public string EntityPath => throw new NotImplementedException();

    /// <summary>Sends one message. Done when the broker has taken it.</summary>
    /// <exception cref="ServiceBusException">The broker refused, or the connection broke: sent or not, unknown.</exception>
    public Task SendAsync(ServiceBusMessage message, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>Sends the messages as one: all are taken, or none.</summary>
    /// <exception cref="ServiceBusException">As with <see cref="SendAsync"/>.</exception>
    public Task SendBatchAsync(
        IReadOnlyList<ServiceBusMessage> messages, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
