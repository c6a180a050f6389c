using DataExport.ServiceBus.Amqp;

namespace DataExport.ServiceBus;

public sealed partial class ServiceBusReceiver
{
    /// <summary>What happens to one of the links that follow one another.</summary>
    private sealed class LinkEvents(ServiceBusReceiver receiver, AmqpSession session) : IAmqpReceiverEvents
    {
        private static readonly TimeSpan LifeOfUse = TimeSpan.FromSeconds(1);
        private readonly TaskCompletionSource<AmqpError?> _ended =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly long _startedAt = receiver._client.Clock.GetTimestamp();
        private bool _hasDelivered;

        /// <summary>Done when the link is gone; tells why, as far as the peer did.</summary>
        public Task<AmqpError?> Ended => _ended.Task;

        /// <summary>
        /// A link that ends as soon as it is attached counts as a failure, or the loop would be tight.
        /// </summary>
        public bool WasOfUse => _hasDelivered || receiver._client.Clock.GetElapsedTime(_startedAt) >= LifeOfUse;

        public void OnDelivery(AmqpReceivingLink link, in AmqpDelivery delivery)
        {
            _hasDelivered = true;
            receiver.OnDelivery(link, delivery);
        }

        public void OnDetached(AmqpReceivingLink link, AmqpError? error)
        {
            receiver.OnDetached(link, error);
            session.End();
            _ended.TrySetResult(error);
        }
    }

    private sealed class IgnoredSettlement : IAmqpSettlement
    {
        public static readonly IgnoredSettlement Instance = new();

        public void OnOutcome(AmqpOutcome outcome)
        {
        }

        public void OnLost()
        {
        }
    }
}
