using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace DataExport.Dataverse.Columns;

/// <summary>
/// Finds a number by a name given in UTF-8, without making a string of it: open addressing over a table that is never
/// more than half full. Built once, then read by any number of threads.
/// </summary>
internal sealed class Utf8Index
{
    private const uint Mixer = 0x9E3779B1;
    private readonly byte[][] _names;
    private readonly int[] _values;
    private readonly int[] _slots;

    public Utf8Index(IReadOnlyList<KeyValuePair<string, int>> entries)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(8, entries.Count * 2 + 1));
        _slots = new int[size];
        _names = new byte[entries.Count][];
        _values = new int[entries.Count];
        for (var index = 0; index < entries.Count; index++)
        {
            _names[index] = Encoding.UTF8.GetBytes(entries[index].Key);
            _values[index] = entries[index].Value;
            _slots[FreeSlot(_names[index])] = index + 1;
        }
    }

    /// <summary>The number of <paramref name="name"/>, or -1.</summary>
    public int Find(ReadOnlySpan<byte> name)
    {
        var mask = _slots.Length - 1;
        for (var slot = Hash(name) & mask; _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            var index = _slots[slot] - 1;
            if (name.SequenceEqual(_names[index]))
            {
                return _values[index];
            }
        }

        return -1;
    }

    private int FreeSlot(byte[] name)
    {
        var mask = _slots.Length - 1;
        var slot = Hash(name) & mask;
        while (_slots[slot] != 0)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    /// <summary>Names share beginnings and ends (<c>address1_…</c>, <c>…code</c>), so every byte counts.</summary>
    private static int Hash(ReadOnlySpan<byte> name)
    {
        var hash = (uint)name.Length;
        while (name.Length >= 4)
        {
            hash = (BitOperations.RotateLeft(hash, 5) ^ BinaryPrimitives.ReadUInt32LittleEndian(name)) * Mixer;
            name = name[4..];
        }

        foreach (var letter in name)
        {
            hash = (BitOperations.RotateLeft(hash, 5) ^ letter) * Mixer;
        }

        return (int)(hash ^ (hash >> 15));
    }
}
