using System.Text;
using DataExport.ServiceBus.Amqp;

namespace DataExport.ServiceBus.Tests.Interop;

/// <summary>A link of the engine that sends.</summary>
internal sealed class Outbox
{
    private readonly SenderLink _sender = new();

    private Outbox()
    {
    }

    public AmqpSendingLink Link { get; private set; } = null!;

    public static async Task<Outbox> AttachAsync(AmqpSession session, string queue)
    {
        var outbox = new Outbox();
        var name = "out-" + Guid.NewGuid().ToString("N");
        var attach = new AmqpAttach
        {
            Name = name,
            SenderSettleMode = 2,
            Source = AmqpTerminus.Source(name),
            Target = AmqpTerminus.Target(queue),
        };
        using var patience = new CancellationTokenSource(Broker.Patience);
        outbox.Link = await session.AttachSenderAsync(attach, outbox._sender, patience.Token);
        outbox._sender.Attach(outbox.Link);
        return outbox;
    }

    /// <summary>A message whose body is this text.</summary>
    public static byte[] Encode(string text) => Encode(Encoding.UTF8.GetBytes(text));

    public static byte[] Encode(byte[] body)
    {
        var buffer = new AmqpBuffer(body.Length + 16);
        buffer.WriteDescriptor(AmqpDescriptor.Data);
        buffer.WriteBinary(body);
        return buffer.Span.ToArray();
    }

    /// <summary>Sends and returns the broker's outcome.</summary>
    public async Task<AmqpOutcome> SendAsync(byte[] encoded)
    {
        using var patience = new CancellationTokenSource(Broker.Patience);
        return (await _sender.SendAsync(encoded, 0, patience.Token)).ShouldNotBeNull();
    }

    /// <summary>Sends texts, in order, as fast as the broker grants.</summary>
    public async Task SendAllAsync(IEnumerable<string> texts)
    {
        var sending = texts.Select(text => SendAsync(Encode(text))).ToArray();
        foreach (var outcome in await Task.WhenAll(sending).WaitAsync(Broker.Patience))
        {
            outcome.Kind.ShouldBe(AmqpOutcomeKind.Accepted);
        }
    }
}
