using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DataExport;

/// <summary>
/// Gathers the values of one record in any order and makes a <see cref="ColumnValues"/> of them. A column that is added
/// twice keeps its last value. Made to be kept and used again; not for several threads.
/// </summary>
public sealed class ColumnValuesBuilder
{
    private byte[] _bytes = new byte[1024];
    private Entry[] _entries = new Entry[64];
    private int[] _lastOf = new int[64];
    private int _length;
    private int _count;
    private bool _isRising = true;

    /// <summary>How many values were added since the last <see cref="Clear"/>.</summary>
    public int Count => _count;

    /// <summary>How many bytes the values take so far.</summary>
    public int EncodedBytes => _length;

    /// <summary>How many bytes the larger of its buffers takes, which grow and never shrink.</summary>
    public int LargestBufferBytes => Math.Max(
        Math.Max(_bytes.Length, _entries.Length * Unsafe.SizeOf<Entry>()), _lastOf.Length * sizeof(int));

    /// <summary>Forgets all values and keeps the memory.</summary>
    public void Clear() => (_length, _count, _isRising) = (0, 0, true);

    /// <summary>Sets a column to nothing.</summary>
    public void AddNull(int ordinal) => _ = Append(ordinal, ColumnValueKind.Null, 0);

    /// <summary>Adds a Boolean.</summary>
    public void Add(int ordinal, bool value) =>
        Append(ordinal, ColumnValueKind.Boolean, 1)[0] = value ? (byte)1 : (byte)0;

    /// <summary>Adds a whole number or an option.</summary>
    public void Add(int ordinal, long value) =>
        BinaryPrimitives.WriteInt64LittleEndian(Append(ordinal, ColumnValueKind.Integer, 8), value);

    /// <summary>Adds a decimal with its scale.</summary>
    public void Add(int ordinal, decimal value) =>
        MemoryMarshal.Write(Append(ordinal, ColumnValueKind.Decimal, 16), value);

    /// <summary>Adds a floating point number.</summary>
    public void Add(int ordinal, double value) =>
        BinaryPrimitives.WriteDoubleLittleEndian(Append(ordinal, ColumnValueKind.Double, 8), value);

    /// <summary>
    /// Adds an instant, or a wall-clock time where the column knows no zone. Its kind is not looked at.
    /// </summary>
    public void Add(int ordinal, DateTime value) =>
        BinaryPrimitives.WriteInt64LittleEndian(Append(ordinal, ColumnValueKind.Instant, 8), value.Ticks);

    /// <summary>Adds a GUID that is no reference.</summary>
    public void Add(int ordinal, Guid value) =>
        _ = value.TryWriteBytes(Append(ordinal, ColumnValueKind.Guid, 16));

    /// <summary>Adds text.</summary>
    public void AddText(int ordinal, ReadOnlySpan<byte> utf8) => utf8.CopyTo(ReserveText(ordinal, utf8.Length));

    /// <summary>
    /// Adds text of <paramref name="utf8Bytes"/> bytes that the caller writes into the returned span.
    /// </summary>
    public Span<byte> ReserveText(int ordinal, int utf8Bytes)
    {
        var payload = Append(ordinal, ColumnValueKind.Text, 4 + utf8Bytes);
        BinaryPrimitives.WriteInt32LittleEndian(payload, utf8Bytes);
        return payload[4..];
    }

    /// <summary>Adds a reference.</summary>
    /// <exception cref="ArgumentException">The table's name is longer than 255 bytes.</exception>
    public void AddLookup(int ordinal, Guid recordId, ReadOnlySpan<byte> tableUtf8)
    {
        if (tableUtf8.Length > byte.MaxValue)
        {
            throw new ArgumentException("A table's name has at most 255 bytes.", nameof(tableUtf8));
        }

        var payload = Append(ordinal, ColumnValueKind.Lookup, 17 + tableUtf8.Length);
        _ = recordId.TryWriteBytes(payload);
        payload[16] = (byte)tableUtf8.Length;
        tableUtf8.CopyTo(payload[17..]);
    }

    /// <summary>Finds the last value that was added for a column: a view, valid until the next is added.</summary>
    public bool TryGet(int ordinal, out ColumnValue value)
    {
        for (var index = _count - 1; index >= 0; index--)
        {
            ref readonly var entry = ref _entries[index];
            if (entry.Ordinal == ordinal)
            {
                value = new ColumnValue(_bytes.AsSpan(entry.Offset, entry.Bytes));
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>Makes the values added since the last <see cref="Clear"/>, and clears.</summary>
    public ColumnValues Build(long layout)
    {
        var encoded = _isRising ? _bytes.AsSpan(0, _length).ToArray() : Sorted();
        Clear();
        return new ColumnValues(layout, encoded);
    }

    /// <summary>
    /// Makes the last values that were added for some columns, by rising ordinal, and clears nothing.
    /// </summary>
    public ColumnValues BuildOf(ReadOnlySpan<int> ordinals, long layout)
    {
        var length = 0;
        foreach (var ordinal in ordinals)
        {
            length += TryGet(ordinal, out var value) ? value.Entry.Length : 0;
        }

        var encoded = new byte[length];
        length = 0;
        foreach (var ordinal in ordinals)
        {
            if (TryGet(ordinal, out var value))
            {
                value.Entry.CopyTo(encoded.AsSpan(length));
                length += value.Entry.Length;
            }
        }

        return new ColumnValues(layout, encoded);
    }

    private Span<byte> Append(int ordinal, ColumnValueKind kind, int payloadBytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)ordinal, ushort.MaxValue, nameof(ordinal));
        var entryBytes = ColumnValues.EntryHeaderBytes + payloadBytes;
        Grow(entryBytes);
        _isRising &= _count == 0 || _entries[_count - 1].Ordinal < ordinal;
        _entries[_count++] = new Entry(ordinal, _length, entryBytes);
        var entry = _bytes.AsSpan(_length, entryBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(entry, (ushort)ordinal);
        entry[2] = (byte)kind;
        _length += entryBytes;
        return entry[ColumnValues.EntryHeaderBytes..];
    }

    private void Grow(int entryBytes)
    {
        if (_count == _entries.Length)
        {
            Array.Resize(ref _entries, _entries.Length * 2);
        }

        if (_length + entryBytes > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + entryBytes));
        }
    }

    /// <summary>
    /// Each column's last value, by rising ordinal. A table's ordinals are dense, so that a place for each of them is
    /// much quicker than comparing them.
    /// </summary>
    private byte[] Sorted()
    {
        var entries = _entries.AsSpan(0, _count);
        var encoded = new byte[FindLast(entries, out var places)];
        var length = 0;
        foreach (var place in places)
        {
            if (place > 0)
            {
                ref readonly var entry = ref entries[place - 1];
                _bytes.AsSpan(entry.Offset, entry.Bytes).CopyTo(encoded.AsSpan(length));
                length += entry.Bytes;
            }
        }

        return encoded;
    }

    /// <summary>Finds the place, counted from 1, of each ordinal's last value, and how many bytes these take.</summary>
    private int FindLast(ReadOnlySpan<Entry> entries, out ReadOnlySpan<int> places)
    {
        var ordinalMax = 0;
        foreach (ref readonly var entry in entries)
        {
            ordinalMax = Math.Max(ordinalMax, entry.Ordinal);
        }

        if (_lastOf.Length <= ordinalMax)
        {
            _lastOf = new int[Math.Max(_lastOf.Length * 2, ordinalMax + 1)];
        }

        var lastOf = _lastOf.AsSpan(0, ordinalMax + 1);
        lastOf.Clear();
        var length = 0;
        for (var index = 0; index < entries.Length; index++)
        {
            ref var place = ref lastOf[entries[index].Ordinal];
            length += entries[index].Bytes - (place > 0 ? entries[place - 1].Bytes : 0);
            place = index + 1;
        }

        places = lastOf;
        return length;
    }

    private readonly record struct Entry(int Ordinal, int Offset, int Bytes);
}
