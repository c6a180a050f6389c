using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace DataExport.Sandbox;

/// <summary>
/// Record ids that look random and hold the record's number, so that no index from id to record is needed: the first
/// four bytes are a permutation of the number, the others a hash of it. Records that were loaded keep the ids that they
/// came with.
/// </summary>
internal sealed class RecordIds(int seed, IReadOnlyList<string> tables)
{
    private readonly byte[][] _names = [.. tables.Select(Encoding.UTF8.GetBytes)];
    private readonly Guid[]?[] _loaded = new Guid[tables.Count][];
    private readonly ulong[] _keys =
        [.. tables.Select(table => Mixer.Mix((ulong)(uint)seed, table))];

    /// <summary>The one user that the Web API's caller is.</summary>
    public Guid CallerId => IdOf(TableNamed("systemuser"), 0);

    /// <summary>The organization's one business unit.</summary>
    public Guid BusinessUnitId => IdOf(TableNamed("businessunit"), 0);

    /// <summary>The name of a table, of the sandbox or one that only lookups name.</summary>
    public string NameOf(int table) => tables[table];

    /// <summary>The same in UTF-8.</summary>
    public byte[] Utf8NameOf(int table) => _names[table];

    /// <summary>The place of a table that is known to be there.</summary>
    public int TableNamed(string name)
    {
        for (var index = 0; index < tables.Count; index++)
        {
            if (tables[index] == name)
            {
                return index;
            }
        }

        throw new ArgumentException($"The sandbox knows no table '{name}'.", nameof(name));
    }

    /// <summary>Keeps the ids of a table's first records. Called before anything reads.</summary>
    public void Load(int table, Guid[] ids) => _loaded[table] = ids;

    /// <summary>The id of record <paramref name="number"/> of a table.</summary>
    public Guid IdOf(int table, uint number) => _loaded[table] is { } loaded && number < loaded.Length
        ? loaded[number]
        : MadeIdOf(table, number);

    /// <summary>The number in an id, or <see langword="false"/> when the id was not made for this table.</summary>
    public bool TryGetNumber(int table, Guid id, out uint number)
    {
        Span<byte> bytes = stackalloc byte[16];
        _ = id.TryWriteBytes(bytes);
        number = Restore(BinaryPrimitives.ReadUInt32LittleEndian(bytes), (uint)_keys[table]);
        return MadeIdOf(table, number) == id && !(number < _loaded[table]?.Length);
    }

    private Guid MadeIdOf(int table, uint number)
    {
        var key = _keys[table];
        var hash = Mixer.Mix(key, number);
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Permute(number, (uint)key));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], (hash & ~0xC0UL) | 0x80);
        var middle = ((uint)(hash * 0x9E3779B97F4A7C15 >> 32) & 0x0FFFFFFF) | 0x40000000;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], middle);
        return MemoryMarshal.Read<Guid>(bytes);
    }

    private static uint Permute(uint number, uint key)
    {
        var value = number ^ key;
        value = (value ^ (value >> 16)) * 0x7FEB352D;
        value = (value ^ (value >> 15)) * 0x846CA68B;
        return value ^ (value >> 16);
    }

    private static uint Restore(uint value, uint key)
    {
        // The steps of Permute backwards, each factor replaced by its inverse modulo 2^32.
        value ^= value >> 16;
        value *= 0x43021123;
        value ^= (value >> 15) ^ (value >> 30);
        value *= 0x1D69E2A5;
        return value ^ (value >> 16) ^ key;
    }
}
