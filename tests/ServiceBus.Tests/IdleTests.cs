namespace DataExport.ServiceBus.Tests;

public sealed class IdleTests
{
    [Fact]
    public async Task Connection_NothingToSay_BeatsBeforeThePeersIdleTimeout()
    {
        var clock = new FakeClock();
        await using var broker = Broker.Start(clock: clock);
        await using var peer = await RawPeer.OpenAsync(broker.Bus.Port, idleTimeoutMilliseconds: 1_000);
        await clock.ArmedAsync(TimeSpan.FromMilliseconds(250));

        clock.Advance(TimeSpan.FromMilliseconds(500));

        await peer.ReadHeartbeatAsync();
    }

    [Fact]
    public async Task Connection_PeerIsSilentPastTheIdleTimeout_IsCut()
    {
        var clock = new FakeClock();
        await using var broker = Broker.Start(clock: clock);
        await using var peer = await RawPeer.OpenAsync(broker.Bus.Port);
        await clock.ArmedAsync(TimeSpan.FromSeconds(60));

        clock.Advance(TimeSpan.FromSeconds(240));

        (await peer.ReadToCloseAsync()).ShouldBeNull();
    }
}
