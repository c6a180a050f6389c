using System.Buffers.Binary;

namespace DataExport.Grains.Reconciling;

/// <summary>A record of which it seems that the target differs.</summary>
/// <param name="RecordId">The record.</param>
/// <param name="Walked">Its version when it was walked; <see cref="VersionNumber.None"/> if it was not.</param>
internal readonly record struct Suspect(Guid RecordId, VersionNumber Walked)
{
    /// <summary>Whether the target has it and the walk did not bring it.</summary>
    public bool IsExtra => Walked == VersionNumber.None;
}

/// <summary>The suspects of a table, in a file: a target that lost everything must not fill the memory.</summary>
internal sealed class Suspects(string directory) : IDisposable
{
    private const int IdBytes = 16;
    private const int EntryBytes = IdBytes + sizeof(long);
    private const int BufferBytes = 64 * 1024;

    private readonly FileStream _file = SpillFile.Create(directory, BufferBytes);

    /// <summary>How many there are.</summary>
    public long Count { get; private set; }

    public void Add(Suspect suspect)
    {
        Span<byte> entry = stackalloc byte[EntryBytes];
        _ = suspect.RecordId.TryWriteBytes(entry);
        BinaryPrimitives.WriteInt64LittleEndian(entry[IdBytes..], suspect.Walked.Value);
        _file.Write(entry);
        Count++;
    }

    /// <summary>All of them, in groups, in the order in which they were added.</summary>
    public IEnumerable<Suspect[]> Groups(int suspectsMax)
    {
        _file.Flush();
        _file.Position = 0;
        for (var left = Count; left > 0;)
        {
            var group = new Suspect[Math.Min(left, suspectsMax)];
            for (var place = 0; place < group.Length; place++)
            {
                group[place] = Read();
            }

            left -= group.Length;
            yield return group;
        }
    }

    public void Dispose() => _file.Dispose();

    private Suspect Read()
    {
        Span<byte> entry = stackalloc byte[EntryBytes];
        _file.ReadExactly(entry);
        return new Suspect(
            new Guid(entry[..IdBytes]), new VersionNumber(BinaryPrimitives.ReadInt64LittleEndian(entry[IdBytes..])));
    }
}
