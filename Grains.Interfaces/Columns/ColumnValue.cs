using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace DataExport;

/// <summary>One value inside a <see cref="ColumnValues"/>: a view, valid as long as its buffer.</summary>
public readonly ref struct ColumnValue
{
    private readonly ReadOnlySpan<byte> _entry;

    internal ColumnValue(ReadOnlySpan<byte> entry) => _entry = entry;

    /// <summary>The column's place in <see cref="TableDefinition.Columns"/>.</summary>
    public int Ordinal => BinaryPrimitives.ReadUInt16LittleEndian(_entry);

    /// <summary>How the value is encoded.</summary>
    public ColumnValueKind Kind => (ColumnValueKind)_entry[2];

    /// <summary>Whether the column was set to nothing.</summary>
    public bool IsNull => Kind is ColumnValueKind.Null;

    /// <summary>The value of a <see cref="ColumnValueKind.Boolean"/>.</summary>
    public bool Boolean => Payload[0] != 0;

    /// <summary>The value of an <see cref="ColumnValueKind.Integer"/>.</summary>
    public long Integer => BinaryPrimitives.ReadInt64LittleEndian(Payload);

    /// <summary>The value of a <see cref="ColumnValueKind.Decimal"/>, scale kept.</summary>
    public decimal Decimal => MemoryMarshal.Read<decimal>(Payload);

    /// <summary>The value of a <see cref="ColumnValueKind.Double"/>.</summary>
    public double Double => BinaryPrimitives.ReadDoubleLittleEndian(Payload);

    /// <summary>The value of an <see cref="ColumnValueKind.Instant"/>.</summary>
    public DateTime Instant => new(BinaryPrimitives.ReadInt64LittleEndian(Payload), DateTimeKind.Utc);

    /// <summary>The value of a <see cref="ColumnValueKind.Guid"/>, or the record id of a lookup.</summary>
    public Guid Guid => new(Payload[..16]);

    /// <summary>The value of a <see cref="ColumnValueKind.Text"/> in UTF-8.</summary>
    public ReadOnlySpan<byte> Utf8 => Payload[4..];

    /// <summary>
    /// The table that a <see cref="ColumnValueKind.Lookup"/> points to, in UTF-8; empty when not told.
    /// </summary>
    public ReadOnlySpan<byte> LookupTable => Payload[17..];

    internal ReadOnlySpan<byte> Entry => _entry;

    private ReadOnlySpan<byte> Payload => _entry[ColumnValues.EntryHeaderBytes..];

    /// <summary>The value as a person reads it: UTC instants, lower-case ids, numbers with their scale.</summary>
    public override string ToString() => Kind switch
    {
        ColumnValueKind.Null => "",
        ColumnValueKind.Boolean => Boolean ? "true" : "false",
        ColumnValueKind.Integer => Integer.ToString(CultureInfo.InvariantCulture),
        ColumnValueKind.Decimal => Decimal.ToString(CultureInfo.InvariantCulture),
        ColumnValueKind.Double => Double.ToString("R", CultureInfo.InvariantCulture),
        ColumnValueKind.Instant => Instant.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
        ColumnValueKind.Guid => Guid.ToString("D"),
        ColumnValueKind.Text => Encoding.UTF8.GetString(Utf8),
        ColumnValueKind.Lookup => Guid.ToString("D"),
        _ => throw new InvalidOperationException($"Value kind {Kind} has no text."),
    };

    internal static ReadOnlySpan<byte> EntryAt(ReadOnlySpan<byte> encoded, int offset)
    {
        var rest = encoded[offset..];
        return rest[..(ColumnValues.EntryHeaderBytes + PayloadBytes(rest))];
    }

    private static int PayloadBytes(ReadOnlySpan<byte> entry) => (ColumnValueKind)entry[2] switch
    {
        ColumnValueKind.Null => 0,
        ColumnValueKind.Boolean => 1,
        ColumnValueKind.Integer or ColumnValueKind.Double or ColumnValueKind.Instant => 8,
        ColumnValueKind.Decimal or ColumnValueKind.Guid => 16,
        ColumnValueKind.Text => 4 + BinaryPrimitives.ReadInt32LittleEndian(entry[ColumnValues.EntryHeaderBytes..]),
        ColumnValueKind.Lookup => 17 + entry[ColumnValues.EntryHeaderBytes + 16],
        _ => throw new InvalidOperationException(
            $"Value kind {entry[2]} is unknown here: it was written by a newer version."),
    };
}

/// <summary>Walks the values of a <see cref="ColumnValues"/>.</summary>
public ref struct ColumnValueEnumerator
{
    private readonly ReadOnlySpan<byte> _encoded;
    private int _next;

    internal ColumnValueEnumerator(ReadOnlySpan<byte> encoded) => _encoded = encoded;

    /// <summary>The value the enumerator stands on.</summary>
    public ColumnValue Current { get; private set; }

    /// <summary>Steps to the next value.</summary>
    public bool MoveNext()
    {
        if (_next >= _encoded.Length)
        {
            return false;
        }

        var entry = ColumnValue.EntryAt(_encoded, _next);
        Current = new ColumnValue(entry);
        _next += entry.Length;
        return true;
    }
}
