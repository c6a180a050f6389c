using DataExport.ServiceBus.Amqp;

namespace DataExport.Sandbox.Tests;

/// <summary>Sends one message after the other, and hears what becomes of each.</summary>
internal sealed class TestSender : IAmqpSenderEvents
{
    private readonly TaskCompletionSource _sendable = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task<AmqpOutcome> SendAsync(AmqpSendingLink link, byte[] message)
    {
        var outcome = new TaskCompletionSource<AmqpOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        while (true)
        {
            var outgoing = new AmqpOutgoing { Tag = "t"u8, Head = message };
            if (link.TrySend(outgoing, outcome, out _) == AmqpSendResult.Sent)
            {
                return await outcome.Task;
            }

            await _sendable.Task;
        }
    }

    public void OnSendable(AmqpSendingLink link) => _sendable.TrySetResult();

    public void OnSettled(
        AmqpSendingLink link, ReadOnlySpan<AmqpSettled> deliveries, AmqpOutcome outcome, bool isSettled)
    {
        foreach (var delivery in deliveries)
        {
            ((TaskCompletionSource<AmqpOutcome>)delivery.State!).TrySetResult(outcome);
        }
    }

    public void OnDetached(AmqpSendingLink link, AmqpError? error, IReadOnlyList<AmqpSettled> unsettled)
    {
    }
}
