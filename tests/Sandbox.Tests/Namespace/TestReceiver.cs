using System.Threading.Channels;
using DataExport.ServiceBus.Amqp;

namespace DataExport.Sandbox.Tests;

/// <summary>A link on which a test receives.</summary>
internal sealed class TestReceiver : IAmqpReceiverEvents
{
    private readonly Channel<TestMessage> _messages = Channel.CreateUnbounded<TestMessage>();
    private readonly TaskCompletionSource<AmqpError?> _ended =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AmqpReceivingLink? _link;

    public AmqpReceivingLink Link => _link!;

    /// <summary>The session that it was given.</summary>
    public string? SessionId =>
        Link.Remote!.Source!.ReadFilters()!.GetValueOrDefault(NamespaceNodes.SessionFilter) as string;

    /// <summary>Until when it was given that.</summary>
    public DateTimeOffset LockedUntil =>
        new((long)Link.Remote!.Properties!["com.microsoft:locked-until-utc"]!, TimeSpan.Zero);

    public Task<AmqpError?> Ended => _ended.Task.WaitAsync(TestBus.Patience);

    public void Attach(AmqpReceivingLink link) => _link = link;

    /// <summary>Grants credit for one, and waits for it.</summary>
    public async Task<TestMessage> NextAsync() => (await NextAsync(1))[0];

    /// <summary>Grants credit for so many, and waits for them.</summary>
    public async Task<TestMessage[]> NextAsync(int count)
    {
        Link.AddCredit((uint)count);
        var messages = new TestMessage[count];
        for (var index = 0; index < count; index++)
        {
            messages[index] = await _messages.Reader.ReadAsync().AsTask().WaitAsync(TestBus.Patience);
        }

        return messages;
    }

    /// <summary>Whether nothing comes for one credit, which is taken back.</summary>
    public async Task<bool> IsEmptyAsync()
    {
        Link.AddCredit(1);
        await Link.DrainAsync().WaitAsync(TestBus.Patience);
        return !_messages.Reader.TryRead(out _);
    }

    /// <summary>Settles, and returns what the broker says to it.</summary>
    public async Task<AmqpOutcome> SettleAsync(TestMessage message, AmqpOutcome outcome)
    {
        var settlement = new Settling();
        Link.TrySettle(message.DeliveryId, outcome, settlement).ShouldBeTrue();
        return await settlement.Outcome.WaitAsync(TestBus.Patience);
    }

    public Task<AmqpOutcome> CompleteAsync(TestMessage message) => SettleAsync(message, AmqpOutcome.Accepted);

    public Task<AmqpOutcome> AbandonAsync(TestMessage message) => SettleAsync(message, AmqpOutcome.Abandoned);

    public Task<AmqpOutcome> DeferAsync(TestMessage message) => SettleAsync(
        message, new AmqpOutcome(AmqpOutcomeKind.Modified) { UndeliverableHere = true });

    public void OnDelivery(AmqpReceivingLink link, in AmqpDelivery delivery) =>
        _messages.Writer.TryWrite(TestMessage.Read(delivery.Payload) with
        {
            DeliveryId = delivery.DeliveryId,
            LockToken = new Guid(delivery.Tag),
        });

    public void OnDetached(AmqpReceivingLink link, AmqpError? error) => _ended.TrySetResult(error);

    private sealed class Settling : IAmqpSettlement
    {
        private readonly TaskCompletionSource<AmqpOutcome> _outcome =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<AmqpOutcome> Outcome => _outcome.Task;

        public void OnOutcome(AmqpOutcome outcome) => _outcome.TrySetResult(outcome);

        public void OnLost() => _outcome.TrySetException(new InvalidOperationException("The link is gone."));
    }
}
