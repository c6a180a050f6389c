using Microsoft.Extensions.Logging.Abstractions;

namespace DataExport.ServiceBus.Tests;

public sealed class TlsTests
{
    [Fact]
    public async Task Client_CertificateIsTrusted_SendsAndReceivesOverTls()
    {
        await using var broker = Broker.Start();
        await using var front = TlsFront.Before(broker.Bus.Port);
        var options = new ServiceBusClientOptions
        {
            CertificateValidation = (_, shown, _, _) =>
                shown!.GetCertHashString() == front.Certificate.GetCertHashString(),
        };
        await using var client = Connect(front, options);
        var body = new byte[200_000];
        new Random(3).NextBytes(body);

        await client.CreateSender(Broker.Queue).SendAsync(new ServiceBusMessage(body));

        var receiver = client.CreateReceiver(Broker.Queue);
        receiver.Grant(1);
        var message = await Broker.NextAsync(receiver);
        message.Body.Span.SequenceEqual(body).ShouldBeTrue();
        await receiver.CompleteAsync(message);
    }

    [Fact]
    public async Task Client_CertificateIsNobodys_GivesNothingAway()
    {
        await using var broker = Broker.Start();
        await using var front = TlsFront.Before(broker.Bus.Port);
        await using var client = Connect(front, new ServiceBusClientOptions());

        var exception = await Should.ThrowAsync<ServiceBusException>(
            () => client.CreateSender(Broker.Queue).SendAsync(new ServiceBusMessage("x"u8.ToArray())));

        exception.Reason.ShouldBe(ServiceBusFailureReason.ServiceCommunicationProblem);
        exception.Message.ShouldContain("certificate");
        broker.Bus.GetQueueCounts(Broker.Queue).Active.ShouldBe(0);
    }

    private static ServiceBusClient Connect(TlsFront front, ServiceBusClientOptions options) =>
        new(front.ConnectionString, options, TimeProvider.System, NullLoggerFactory.Instance);
}
