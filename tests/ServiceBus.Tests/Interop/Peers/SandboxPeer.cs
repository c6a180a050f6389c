using DataExport.Sandbox;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExport.ServiceBus.Tests.Interop;

/// <summary>The Sandbox's own namespace.</summary>
public sealed class SandboxPeer : InteropPeer
{
    public const string Name = "interop sandbox";

    private readonly ServiceBusNamespace _bus = Create();

    internal override PeerLimits Limits { get; } = new()
    {
        TakesAnyPassword = "There is no secret in it to guard: it listens on loopback and holds made-up data.",
    };

    public override Task InitializeAsync()
    {
        _bus.Start();
        Port = _bus.Port;
        return Task.CompletedTask;
    }

    public override async Task DisposeAsync() => await _bus.DisposeAsync();

    internal override string NewQueue()
    {
        var queue = base.NewQueue();
        _bus.CreateQueue(queue);
        return queue;
    }

    private static ServiceBusNamespace Create() => new(
        new ServiceBusNamespaceOptions
        {
            // A lock that outlives its link is Service Bus' own; plain brokers give the message out again.
            Queue = new SandboxQueueOptions { LocksOutliveLinks = false, DeliveryCountMax = int.MaxValue },
        },
        TimeProvider.System,
        NullLoggerFactory.Instance);
}

[CollectionDefinition(SandboxPeer.Name)]
public sealed class SandboxPeerGroup : ICollectionFixture<SandboxPeer>;
