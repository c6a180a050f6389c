namespace DataExport.ServiceBus.Tests.Interop;

[Collection(SandboxPeer.Name)]
public sealed class SandboxConnectionTests(SandboxPeer peer) : ConnectionContract(peer);

[Collection(SandboxPeer.Name)]
public sealed class SandboxLinkTests(SandboxPeer peer) : LinkContract(peer);

[Collection(SandboxPeer.Name)]
public sealed class SandboxOutcomeTests(SandboxPeer peer) : OutcomeContract(peer);

[Collection(SandboxPeer.Name)]
public sealed class SandboxTypeTests(SandboxPeer peer) : TypeContract(peer);

[Collection(SandboxPeer.Name)]
public sealed class SandboxClientTests(SandboxPeer peer) : ClientContract(peer);
