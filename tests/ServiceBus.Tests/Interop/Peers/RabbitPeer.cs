using System.Globalization;

namespace DataExport.ServiceBus.Tests.Interop;

/// <summary>
/// RabbitMQ 3.10 as Debian ships it, with its AMQP 1.0 plug-in: a node of its own on free loopback ports.
/// </summary>
public sealed class RabbitPeer : InteropPeer
{
    public const string Name = "interop rabbitmq";

    private readonly string _directory = Path.Combine(Path.GetTempPath(), "dataexport-" + Guid.NewGuid().ToString("N"));
    private PeerProcess? _process;

    internal override PeerLimits Limits { get; } = new()
    {
        KnowsNoSecondSettleMode = "It ends the session: amqp:not-implemented, rcv-settle-mode second not supported.",
        RefusesNodesAsInvalid = "It ends the session: amqp:invalid-field, unknown_destination.",
        EndsWhenDrained = "Its classic queues do not know the event send_drained: the session crashes on it.",
        KnowsNoModified = "It ends the session: amqp:invalid-field, unrecognised state v1_0.modified.",
        HoldsUnsettledPastDetach = "A session is one AMQP 0-9-1 channel: it gives back what it holds when it closes.",
        UnreadTypes = ["array of uuid", "described"],
        UnreadBodies = ["list", "list long"],
        OverrunsCreditUnderWay = "It counts what the session has relayed, so what is between queue and session, "
            + "and was allowed, is allowed once more.",
    };

    public override async Task InitializeAsync()
    {
        await PeerProcess.RunAsync(".ci/need-rabbitmq");
        Port = Loopback.FreePort();
        _process = PeerProcess.Start(
            Repository.File(".ci/run-rabbitmq"),
            _directory,
            Port.ToString(CultureInfo.InvariantCulture),
            Loopback.FreePort().ToString(CultureInfo.InvariantCulture),
            Loopback.FreePort().ToString(CultureInfo.InvariantCulture));
        await _process.ReadToAsync("Server startup complete");
    }

    public override async Task DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }
}

[CollectionDefinition(RabbitPeer.Name)]
public sealed class RabbitPeerGroup : ICollectionFixture<RabbitPeer>;
