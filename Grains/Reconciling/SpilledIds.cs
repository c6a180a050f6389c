using System.Runtime.InteropServices;

namespace DataExport.Grains.Reconciling;

/// <summary>
/// The ids of a table's rows, of one side, spread over files by what they begin with: so the ids of two sides can be
/// compared file by file, in little memory whatever the table's size.
/// </summary>
internal sealed class SpilledIds : IDisposable
{
    private const int IdBytes = 16;
    private const int BufferBytes = 8 * 1024;

    /// <summary>2^64 divided by the golden ratio: spreads numbers that lie close together.</summary>
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    private readonly FileStream[] _files;

    public SpilledIds(string directory, int buckets)
    {
        _files = new FileStream[buckets];
        try
        {
            for (var bucket = 0; bucket < buckets; bucket++)
            {
                _files[bucket] = SpillFile.Create(directory, BufferBytes);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>How many files there are. Two sides of as many have each id in files of the same number.</summary>
    public int Buckets => _files.Length;

    public void Add(Guid id)
    {
        Span<byte> bytes = stackalloc byte[IdBytes];
        _ = id.TryWriteBytes(bytes);
        _files[BucketOf(bytes)].Write(bytes);
    }

    /// <summary>The ids of one file, as often as they were added.</summary>
    public async Task<Guid[]> ReadAsync(int bucket, CancellationToken cancellationToken)
    {
        var file = _files[bucket];
        await file.FlushAsync(cancellationToken);
        var bytes = new byte[file.Length];
        file.Position = 0;
        await file.ReadExactlyAsync(bytes, cancellationToken);
        var ids = new Guid[bytes.Length / IdBytes];
        for (var place = 0; place < ids.Length; place++)
        {
            ids[place] = new Guid(bytes.AsSpan(place * IdBytes, IdBytes));
        }

        return ids;
    }

    public void Dispose() => Array.ForEach(_files, static file => file?.Dispose());

    /// <summary>By all of an id: those of Dataverse grow in some of their bytes and stay the same in others.</summary>
    private int BucketOf(ReadOnlySpan<byte> id)
    {
        var halves = MemoryMarshal.Cast<byte, ulong>(id);
        return (int)(((halves[0] ^ halves[1]) * Multiplier >> 32) % (ulong)_files.Length);
    }
}
