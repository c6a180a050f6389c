using System.Buffers.Binary;

namespace DataExport.Sandbox;

/// <summary>
/// How often which column of a record was changed: first the ordinals, a byte each, then as many counts of two bytes.
/// An array is never changed once a record holds it, so readers need no lock.
/// </summary>
internal static class ColumnRevisions
{
    private const int EntryBytes = 3;

    /// <summary>How often a column was changed, modulo 65,536.</summary>
    public static int Of(byte[]? revisions, int ordinal)
    {
        if (revisions is null)
        {
            return 0;
        }

        var count = revisions.Length / EntryBytes;
        var place = revisions.AsSpan(0, count).IndexOf((byte)ordinal);
        return place < 0 ? 0 : BinaryPrimitives.ReadUInt16LittleEndian(revisions.AsSpan(count + (2 * place)));
    }

    /// <summary>The revisions after one more change of each of <paramref name="ordinals"/>.</summary>
    public static byte[] Raise(byte[]? revisions, ReadOnlySpan<int> ordinals)
    {
        var count = (revisions?.Length ?? 0) / EntryBytes;
        Span<byte> names = stackalloc byte[count + ordinals.Length];
        Span<ushort> counts = stackalloc ushort[count + ordinals.Length];
        for (var place = 0; place < count; place++)
        {
            names[place] = revisions![place];
            counts[place] = BinaryPrimitives.ReadUInt16LittleEndian(revisions.AsSpan(count + (2 * place)));
        }

        foreach (var ordinal in ordinals)
        {
            var place = names[..count].IndexOf((byte)ordinal);
            if (place < 0)
            {
                place = count++;
                names[place] = (byte)ordinal;
                counts[place] = 0;
            }

            counts[place]++;
        }

        return Encode(names[..count], counts[..count]);
    }

    private static byte[] Encode(ReadOnlySpan<byte> names, ReadOnlySpan<ushort> counts)
    {
        var encoded = new byte[names.Length * EntryBytes];
        names.CopyTo(encoded);
        for (var place = 0; place < counts.Length; place++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(encoded.AsSpan(names.Length + (2 * place)), counts[place]);
        }

        return encoded;
    }
}
