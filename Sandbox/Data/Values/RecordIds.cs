using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace DataExport.Sandbox;

/// <summary>
/// Record ids that look random and hold the record's number, so that no index from id to record is needed: the first
/// four bytes are a permutation of the number, the others a hash of it.
/// </summary>
internal sealed class RecordIds(int seed)
{
    /// <summary>Tables that ids are made for: first those of the sandbox, then those that only lookups name.</summary>
    public static readonly string[] Tables =
    [
        "account", "contact", "opportunity", "email", "task", "annotation",
        "systemuser", "team", "transactioncurrency", "businessunit", "pricelevel", "lead", "campaign", "sla",
    ];

    /// <summary>The names in <see cref="Tables"/> in UTF-8.</summary>
    public static readonly byte[][] TablesUtf8 = [.. Tables.Select(Encoding.UTF8.GetBytes)];

    public const int SystemUser = 6;
    public const int Team = 7;
    public const int TransactionCurrency = 8;
    public const int BusinessUnit = 9;

    /// <summary>Lookups point to the first so many records of their target table.</summary>
    private static readonly int[] LookupRecords = [1000, 1000, 1000, 1000, 1000, 1000, 50, 8, 4, 1, 5, 300, 40, 6];

    private readonly ulong[] _keys =
        [.. Tables.Select(table => Mixer.Mix((ulong)(uint)seed, table))];

    /// <summary>The id of record <paramref name="number"/> of a table.</summary>
    public Guid IdOf(int table, uint number)
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

    /// <summary>The number in an id, or <see langword="false"/> when the id is none of this table.</summary>
    public bool TryGetNumber(int table, Guid id, out uint number)
    {
        Span<byte> bytes = stackalloc byte[16];
        _ = id.TryWriteBytes(bytes);
        number = Restore(BinaryPrimitives.ReadUInt32LittleEndian(bytes), (uint)_keys[table]);
        return IdOf(table, number) == id;
    }

    /// <summary>The record that a lookup with this hash points to.</summary>
    public static uint LookupNumber(int table, ulong hash) => (uint)Mixer.Below(hash, LookupRecords[table]);

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
