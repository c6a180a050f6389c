using DataExport.ServiceBus.Amqp;

namespace DataExport.Sandbox;

/// <summary>A peer that waits for any session to have messages and no holder.</summary>
internal sealed class SessionWaiter(AmqpAttachRequest request) : IDisposable
{
    public AmqpAttachRequest Request { get; } = request;

    /// <summary>Ends the wait.</summary>
    public ITimer? Timeout { get; set; }

    public void Dispose() => Timeout?.Dispose();
}
