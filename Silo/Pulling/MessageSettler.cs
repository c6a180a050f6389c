using DataExport.ServiceBus;
using DataExport.Silo.Telemetry;

namespace DataExport.Silo.Pulling;

/// <summary>Tells the bus what was decided about a message.</summary>
internal sealed partial class MessageSettler(
    ServiceBusReceiver receiver,
    PullingAgentOptions options,
    ProfileInstruments instruments,
    TimeProvider clock,
    ILogger logger)
{
    /// <summary>Settles the message. Never throws: what the bus does not take comes again.</summary>
    public async Task SettleAsync(ServiceBusReceivedMessage message, Settlement settlement)
    {
        var outcome = MessageOutcome.Lost;
        try
        {
            outcome = await TellAsync(message, settlement);
        }
        catch (Exception exception)
        {
            // Whatever it was, the message's place must become free, or the agent runs out of them.
            // Lock lost, or the bus is away: the message comes again, and the fence then finds it superseded.
            LogSettleFailed(exception, message.SequenceNumber, settlement.Action);
        }

        instruments.MessageSettled(outcome, message.BodyBytes);
    }

    private async ValueTask<MessageOutcome> TellAsync(ServiceBusReceivedMessage message, Settlement settlement)
    {
        switch (settlement.Action)
        {
            case SettlementAction.Complete:
                await receiver.CompleteAsync(message);
                return MessageOutcome.Completed;

            case SettlementAction.Abandon:
                // Held back, or an outage would use up the message's deliveries within seconds.
                await Task.Delay(options.HoldBack, clock);
                await receiver.AbandonAsync(message);
                return MessageOutcome.Abandoned;

            case SettlementAction.DeadLetter:
                LogDeadLetter(message.SequenceNumber, settlement.Reason, settlement.Description);
                await receiver.DeadLetterAsync(message, settlement.Reason.ToString(), settlement.Description);
                return MessageOutcome.DeadLettered;

            default:
                throw new InvalidOperationException($"Settlement {settlement.Action} has no call.");
        }
    }

    [LoggerMessage(LogLevel.Debug, "Message {SequenceNumber} could not be settled ({Action}), it will come again")]
    private partial void LogSettleFailed(Exception exception, long sequenceNumber, SettlementAction action);

    [LoggerMessage(LogLevel.Warning, "Message {SequenceNumber} is dead-lettered ({Reason}): {Description}")]
    private partial void LogDeadLetter(long sequenceNumber, DeadLetterReason reason, string? description);
}
