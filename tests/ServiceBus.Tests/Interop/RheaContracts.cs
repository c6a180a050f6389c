namespace DataExport.ServiceBus.Tests.Interop;

[Collection(RheaPeer.Name)]
public sealed class RheaConnectionTests(RheaPeer peer) : ConnectionContract(peer);

[Collection(RheaPeer.Name)]
public sealed class RheaLinkTests(RheaPeer peer) : LinkContract(peer);

[Collection(RheaPeer.Name)]
public sealed class RheaOutcomeTests(RheaPeer peer) : OutcomeContract(peer);

[Collection(RheaPeer.Name)]
public sealed class RheaTypeTests(RheaPeer peer) : TypeContract(peer);

[Collection(RheaPeer.Name)]
public sealed class RheaClientTests(RheaPeer peer) : ClientContract(peer);
