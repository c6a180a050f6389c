namespace DataExport.ServiceBus.Tests.Interop;

[Collection(RabbitPeer.Name)]
public sealed class RabbitConnectionTests(RabbitPeer peer) : ConnectionContract(peer);

[Collection(RabbitPeer.Name)]
public sealed class RabbitLinkTests(RabbitPeer peer) : LinkContract(peer);

[Collection(RabbitPeer.Name)]
public sealed class RabbitOutcomeTests(RabbitPeer peer) : OutcomeContract(peer);

[Collection(RabbitPeer.Name)]
public sealed class RabbitTypeTests(RabbitPeer peer) : TypeContract(peer);

[Collection(RabbitPeer.Name)]
public sealed class RabbitClientTests(RabbitPeer peer) : ClientContract(peer);
