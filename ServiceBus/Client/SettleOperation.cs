using System.Threading.Tasks.Sources;
using DataExport.ServiceBus.Amqp;

namespace DataExport.ServiceBus;

/// <summary>One settlement that waits for the broker's word. Awaited once, without a task.</summary>
internal sealed class SettleOperation(
    ServiceBusReceiver receiver, ServiceBusReceivedMessage message, AmqpOutcome outcome, long startedAt)
    : IAmqpSettlement, IValueTaskSource
{
    // Callers go on elsewhere: their code must not run on the connection's reader.
    private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };

    public ServiceBusReceivedMessage Message { get; } = message;

    public AmqpOutcome Outcome { get; } = outcome;

    /// <summary>By the clock's timestamp.</summary>
    public long StartedAt { get; } = startedAt;

    public ValueTask AsValueTask() => new(this, _core.Version);

    public void OnOutcome(AmqpOutcome answer)
    {
        // Some brokers repeat our own rejection where others say that they accept it.
        if (answer.Kind != AmqpOutcomeKind.Rejected || answer.Error is null
            || answer.Error.Condition == Outcome.Error?.Condition)
        {
            _core.SetResult(true);
        }
        else if (answer.Error.Condition == AmqpCondition.NotFound)
        {
            receiver.SettleElsewhere(this);
        }
        else
        {
            Fail(ServiceBusErrors.ToException(answer.Error));
        }
    }

    public void OnLost() => receiver.SettleElsewhere(this);

    public void Succeed() => _core.SetResult(true);

    public void Fail(ServiceBusException exception) => _core.SetException(exception);

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
