using DataExport.ServiceBus.Amqp;

namespace DataExport.ServiceBus;

public sealed partial class ServiceBusReceiver
{
    private const int DeadLetterTextMax = 4096;
    private const int ElsewhereTriesMax = 4;
    private ITimer? _overdue;

    /// <summary>Ends the message. Done when the broker has confirmed.</summary>
    /// <exception cref="ServiceBusException">The broker refused; after a lost lock the message comes again.</exception>
    public ValueTask CompleteAsync(ServiceBusReceivedMessage message) => SettleAsync(message, AmqpOutcome.Accepted);

    /// <summary>Gives the message back: it comes again at once, with a higher delivery count.</summary>
    /// <exception cref="ServiceBusException">As with <see cref="CompleteAsync"/>.</exception>
    public ValueTask AbandonAsync(ServiceBusReceivedMessage message) => SettleAsync(message, AmqpOutcome.Abandoned);

    /// <summary>Moves the message to the dead-letter queue. Texts are cut at 4096 characters.</summary>
    /// <exception cref="ServiceBusException">As with <see cref="CompleteAsync"/>.</exception>
    public ValueTask DeadLetterAsync(ServiceBusReceivedMessage message, string reason, string? description = null) =>
        SettleAsync(message, DeadLetterOutcome(reason, description));

    /// <summary>Renews the lock, and returns and sets the message's new <c>LockedUntil</c>.</summary>
    /// <exception cref="ServiceBusException">The lock is lost already, or the broker did not answer.</exception>
    public async Task<DateTimeOffset> RenewLockAsync(
        ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        var tokens = new Dictionary<string, object?> { ["lock-tokens"] = new object?[] { message.LockToken } };
        var answer = await ManageAsync("renew-lock", message, tokens, cancellationToken);
        var expirations = AmqpMaps.Find(answer.Body as Dictionary<object, object?>, "expirations");
        if (expirations is not object?[] { Length: > 0 } times || times[0] is not DateTimeOffset lockedUntil)
        {
            throw new ServiceBusException("The answer to a lock renewal names no time.");
        }

        message.LockedUntil = lockedUntil;
        return lockedUntil;
    }

    /// <summary>The link is gone, or does not know the delivery: the management node may still know the lock.</summary>
    internal void SettleElsewhere(SettleOperation operation) => _ = SettleElsewhereAsync(operation);

    private static AmqpOutcome DeadLetterOutcome(string reason, string? description)
    {
        var info = new Dictionary<object, object?> { ["DeadLetterReason"] = Cut(reason) };
        if (description is not null)
        {
            info["DeadLetterErrorDescription"] = Cut(description);
        }

        return AmqpOutcome.Rejected(new AmqpError(AmqpCondition.DeadLetter) { Info = info });
    }

    private static string Cut(string text) => text.Length <= DeadLetterTextMax ? text : text[..DeadLetterTextMax];

    private ValueTask SettleAsync(ServiceBusReceivedMessage message, AmqpOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(message);
        var operation = new SettleOperation(this, message, outcome, _client.Clock.GetTimestamp());
        if (!message.Link.TrySettle(message.DeliveryId, outcome, operation))
        {
            SettleElsewhere(operation);
        }

        return operation.AsValueTask();
    }

    /// <summary>A broker may forget to answer. Whoever waits for it is told after the time for one try.</summary>
    private void FailOverdue()
    {
        if (Volatile.Read(ref _link) is not { } link)
        {
            return;
        }

        var clock = _client.Clock;
        var timeout = _client.Options.TryTimeout;
        foreach (var overdue in link.TakeSettling(
            settlement => settlement is SettleOperation operation
                && clock.GetElapsedTime(operation.StartedAt) >= timeout))
        {
            ((SettleOperation)overdue).Fail(new ServiceBusException(
                ServiceBusFailureReason.ServiceTimeout, $"A settlement was not answered within {timeout}."));
        }
    }

    private async Task SettleElsewhereAsync(SettleOperation operation)
    {
        // Off the connection's reader, which tells that the link is lost.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            if (_client.Options.SpeaksPlainAmqp)
            {
                throw new ServiceBusException(
                    ServiceBusFailureReason.MessageLockLost, "The link is gone, and with it what it had locked.");
            }

            await UpdateDispositionAsync(operation.Message, operation.Outcome);
            operation.Succeed();
        }
        catch (Exception exception)
        {
            // Whoever awaits the settlement must hear of it, whatever went wrong.
            operation.Fail(ServiceBusErrors.ToException(exception));
        }
    }

    private async Task UpdateDispositionAsync(ServiceBusReceivedMessage message, AmqpOutcome outcome)
    {
        var request = DispositionRequest(message, outcome);
        for (var tries = 1; ; tries++)
        {
            try
            {
                await ManageAsync("update-disposition", message, request, CancellationToken.None);
                return;
            }
            catch (ServiceBusException exception) when (tries < ElsewhereTriesMax
                && exception.Reason is ServiceBusFailureReason.ServiceCommunicationProblem)
            {
                // What broke one connection may well break the next. To settle twice is to hear of a lost lock.
                await Task.Delay(ReconnectPolicy.DelayAfter(_client.Options, tries, exception), _client.Clock);
            }
        }
    }

    private static Dictionary<string, object?> DispositionRequest(
        ServiceBusReceivedMessage message, AmqpOutcome outcome)
    {
        var request = new Dictionary<string, object?>
        {
            ["lock-tokens"] = new object?[] { message.LockToken },
            ["disposition-status"] = outcome.Kind switch
            {
                AmqpOutcomeKind.Accepted => "completed",
                AmqpOutcomeKind.Rejected => "suspended",
                _ => "abandoned",
            },
        };
        if (outcome.Error?.Info is { } info)
        {
            request["deadletter-reason"] = info.GetValueOrDefault("DeadLetterReason");
            request["deadletter-description"] = info.GetValueOrDefault("DeadLetterErrorDescription");
        }

        return request;
    }

    private async Task<AmqpExchange> ManageAsync(
        string operation, ServiceBusReceivedMessage message, object body, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_client.Options.TryTimeout, _client.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var transport = await _client.ConnectAsync(either.Token);
            return await transport.ManageAsync(EntityPath, operation, message.Link.Name, body, either.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw ServiceBusErrors.ToException(exception);
        }
    }
}
