using System.Threading.Channels;
using DataExport.Grains.Ports;

namespace DataExport.Silo.Control;

/// <summary>Which profiles have changed since somebody looked. Thread-safe; one looks.</summary>
internal sealed class ProfileChanges : IProfileChanges
{
    private const int ProfilesMax = 1_000;

    // What does not fit is found by the next round.
    private readonly Channel<string> _told = Channel.CreateBounded<string>(
        new BoundedChannelOptions(ProfilesMax) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <inheritdoc/>
    public void Tell(string profileId) => _told.Writer.TryWrite(profileId);

    /// <summary>Ends when there is one.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) =>
        _ = await _told.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>Takes them all, each once.</summary>
    public HashSet<string> Take()
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        while (_told.Reader.TryRead(out var profileId))
        {
            _ = taken.Add(profileId);
        }

        return taken;
    }
}
