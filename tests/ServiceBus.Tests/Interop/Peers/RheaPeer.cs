using System.Globalization;

namespace DataExport.ServiceBus.Tests.Interop;

/// <summary>
/// The queue broker of <c>tests/RheaBroker</c>, on the JavaScript library that Microsoft's client uses.
/// </summary>
public sealed class RheaPeer : InteropPeer
{
    public const string Name = "interop rhea";

    private PeerProcess? _process;

    internal override PeerLimits Limits { get; } = new();

    public override async Task InitializeAsync()
    {
        await PeerProcess.RunAsync(".ci/need-npm", "tests/RheaBroker");
        _process = PeerProcess.Start("node", "tests/RheaBroker/broker.js");
        var line = await _process.ReadToAsync("listening ");
        Port = int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    public override async Task DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }
}

[CollectionDefinition(RheaPeer.Name)]
public sealed class RheaPeerGroup : ICollectionFixture<RheaPeer>;
