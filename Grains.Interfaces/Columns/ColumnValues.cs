using System.Buffers.Binary;

namespace DataExport;

/// <summary>
/// The values of some or all columns of one record, in one buffer: entries of ordinal (2 bytes), kind (1 byte) and
/// payload, by rising ordinal, all little-endian. Immutable, so that it crosses grain calls without a copy.
/// </summary>
[GenerateSerializer, Immutable, Alias("DataExport.ColumnValues")]
public sealed class ColumnValues
{
    internal const int EntryHeaderBytes = 3;

    [Id(0)]
    private readonly byte[] _encoded;

    /// <summary>
    /// Wraps a buffer that <see cref="ColumnValuesBuilder"/> wrote. The caller gives the buffer away.
    /// </summary>
    internal ColumnValues(long layout, byte[] encoded)
    {
        Layout = layout;
        _encoded = encoded;
    }

    /// <summary>The <see cref="TableDefinition.Layout"/> whose ordinals the entries use.</summary>
    [Id(1)]
    public long Layout { get; }

    /// <summary>Length of the buffer in bytes.</summary>
    public int EncodedBytes => _encoded.Length;

    /// <summary>The buffer, for comparison and measurement.</summary>
    public ReadOnlySpan<byte> Encoded => _encoded;

    /// <summary>Enumerates the values by rising ordinal. Allocates nothing.</summary>
    public ColumnValueEnumerator GetEnumerator() => new(_encoded);

    /// <summary>Finds the value of one column.</summary>
    public bool TryGet(int ordinal, out ColumnValue value)
    {
        foreach (var candidate in this)
        {
            if (candidate.Ordinal >= ordinal)
            {
                value = candidate;
                return candidate.Ordinal == ordinal;
            }
        }

        value = default;
        return false;
    }

    /// <summary>Whether every column that both hold has the same value in both. Other layouts never agree.</summary>
    public bool AgreesWith(ColumnValues other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Layout != other.Layout)
        {
            return false;
        }

        var left = GetEnumerator();
        var right = other.GetEnumerator();
        var more = left.MoveNext() & right.MoveNext();
        while (more)
        {
            var order = left.Current.Ordinal - right.Current.Ordinal;
            if (order == 0 && !left.Current.Entry.SequenceEqual(right.Current.Entry))
            {
                return false;
            }

            more = order == 0 ? left.MoveNext() & right.MoveNext() : order < 0 ? left.MoveNext() : right.MoveNext();
        }

        return true;
    }

    /// <summary>These values, and those of <paramref name="newer"/> over them.</summary>
    /// <exception cref="ArgumentException">The layouts differ.</exception>
    public ColumnValues OverlaidWith(ColumnValues newer)
    {
        ArgumentNullException.ThrowIfNull(newer);
        if (Layout != newer.Layout)
        {
            throw new ArgumentException("Values of different layouts cannot be laid over each other.", nameof(newer));
        }

        var merged = new byte[_encoded.Length + newer._encoded.Length];
        var length = Overlay(_encoded, newer._encoded, merged);
        return new ColumnValues(Layout, length == merged.Length ? merged : merged[..length]);
    }

    private static int Overlay(byte[] older, byte[] newer, Span<byte> merged)
    {
        int fromOlder = 0, fromNewer = 0, length = 0;
        while (fromOlder < older.Length || fromNewer < newer.Length)
        {
            var olderOrdinal = OrdinalAt(older, fromOlder);
            var newerOrdinal = OrdinalAt(newer, fromNewer);
            var takesNewer = newerOrdinal <= olderOrdinal;
            var entry = takesNewer
                ? ColumnValue.EntryAt(newer, fromNewer)
                : ColumnValue.EntryAt(older, fromOlder);
            entry.CopyTo(merged[length..]);
            length += entry.Length;
            fromNewer += takesNewer ? entry.Length : 0;
            fromOlder += !takesNewer ? entry.Length
                : newerOrdinal == olderOrdinal ? ColumnValue.EntryAt(older, fromOlder).Length : 0;
        }

        return length;
    }

    private static int OrdinalAt(byte[] encoded, int offset) => offset >= encoded.Length
        ? int.MaxValue
        : BinaryPrimitives.ReadUInt16LittleEndian(encoded.AsSpan(offset));
}
