using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;
using DataExport.Dataverse.Notifications;

namespace DataExport.Dataverse.Xml;

/// <summary>
/// Names and text records of .NET binary XML. Every length is checked against the body before it is used.
/// </summary>
internal static class BinaryTexts
{
    public const string NoDictionary = "a name is taken from a dictionary, which a notification does not have";

    /// <summary>Reads a name.</summary>
    public static XmlSlice Name(ReadOnlySpan<byte> bytes, ref int at)
    {
        var start = at;
        var name = NameOrText(bytes, ref at);
        return name.Length <= XmlLimits.NameBytesMax
            ? name
            : throw new DecodeException(start, $"a name is longer than {XmlLimits.NameBytesMax} bytes");
    }

    /// <summary>Reads a length and as many bytes.</summary>
    public static XmlSlice NameOrText(ReadOnlySpan<byte> bytes, ref int at)
    {
        var length = Length(bytes, ref at);
        return Take(bytes, ref at, length);
    }

    /// <summary>Reads a length in groups of seven bits, the lowest first.</summary>
    public static int Length(ReadOnlySpan<byte> bytes, ref int at)
    {
        var start = at;
        var value = 0L;
        for (var shift = 0; shift < 35 && at < bytes.Length; shift += 7)
        {
            var group = bytes[at++];
            value |= (long)(group & 0x7F) << shift;
            if (group < 0x80)
            {
                return value <= int.MaxValue ? (int)value : throw TooLong(start);
            }
        }

        throw TooLong(start);
    }

    /// <summary>Reads what follows the type of a text record.</summary>
    /// <param name="bytes">The body.</param>
    /// <param name="at">Behind the type; afterwards behind the record.</param>
    /// <param name="record">The type, without end of element.</param>
    public static BinaryText Read(ReadOnlySpan<byte> bytes, ref int at, int record)
    {
        if (record is BinaryRecord.StartList)
        {
            return ReadList(bytes, ref at);
        }

        var kind = KindOf(record, at - 1);
        if (record is BinaryRecord.Bool)
        {
            var value = bytes[Take(bytes, ref at, 1).Start];
            return new BinaryText(value == 0 ? XmlScalarKind.False : XmlScalarKind.True, default);
        }

        var length = record switch
        {
            BinaryRecord.Chars8 or BinaryRecord.Bytes8 or BinaryRecord.UnicodeChars8 =>
                bytes[Take(bytes, ref at, 1).Start],
            BinaryRecord.Chars16 or BinaryRecord.Bytes16 or BinaryRecord.UnicodeChars16 =>
                BinaryPrimitives.ReadUInt16LittleEndian(Take(bytes, ref at, 2).Of(bytes)),
            BinaryRecord.Chars32 or BinaryRecord.Bytes32 or BinaryRecord.UnicodeChars32 =>
                BinaryPrimitives.ReadInt32LittleEndian(Take(bytes, ref at, 4).Of(bytes)),
            _ => FixedBytes(record),
        };
        return new BinaryText(kind, Take(bytes, ref at, length));
    }

    /// <summary>UTF-16 as UTF-8, in a buffer. Half a pair of surrogates is U+FFFD.</summary>
    public static ReadOnlySpan<byte> FromUtf16(ReadOnlySpan<byte> utf16, XmlBuffers buffers)
    {
        Span<char> letters = stackalloc char[256];
        var utf8 = buffers.Unescaped(utf16.Length / 2 * 3);
        var length = 0;
        while (utf16.Length >= 2)
        {
            var count = Math.Min(utf16.Length / 2, letters.Length);
            for (var index = 0; index < count; index++)
            {
                letters[index] = (char)BinaryPrimitives.ReadUInt16LittleEndian(utf16[(index * 2)..]);
            }

            // A pair is not cut in two: its first half waits for the next round.
            count -= count > 1 && count * 2 < utf16.Length && char.IsHighSurrogate(letters[count - 1]) ? 1 : 0;
            _ = Utf8.FromUtf16(letters[..count], utf8[length..], out _, out var written);
            length += written;
            utf16 = utf16[(count * 2)..];
        }

        return utf8[..length];
    }

    private static BinaryText ReadList(ReadOnlySpan<byte> bytes, ref int at)
    {
        while (true)
        {
            var record = bytes[Take(bytes, ref at, 1).Start];
            if (record is BinaryRecord.EndList)
            {
                return new BinaryText(XmlScalarKind.Other, default);
            }

            if (record is BinaryRecord.StartList || (record & BinaryRecord.WithEndElement) != 0)
            {
                throw new DecodeException(at - 1, "a list holds what no list can hold");
            }

            _ = Read(bytes, ref at, record);
        }
    }

    private static XmlSlice Take(ReadOnlySpan<byte> bytes, ref int at, int length)
    {
        if (length < 0 || length > bytes.Length - at)
        {
            throw TooLong(at);
        }

        at += length;
        return new XmlSlice(at - length, length);
    }

    private static int FixedBytes(int record) => record switch
    {
        BinaryRecord.Int8 => 1,
        BinaryRecord.Int16 => 2,
        BinaryRecord.Int32 or BinaryRecord.Single => 4,
        BinaryRecord.Int64 or BinaryRecord.UInt64 or BinaryRecord.Double or BinaryRecord.DateTime
            or BinaryRecord.TimeSpan => 8,
        BinaryRecord.Decimal or BinaryRecord.Guid or BinaryRecord.UniqueId => 16,
        _ => 0,
    };

    private static XmlScalarKind KindOf(int record, int position) => record switch
    {
        BinaryRecord.Chars8 or BinaryRecord.Chars16 or BinaryRecord.Chars32 => XmlScalarKind.Utf8,
        BinaryRecord.UnicodeChars8 or BinaryRecord.UnicodeChars16 or BinaryRecord.UnicodeChars32 =>
            XmlScalarKind.Utf16,
        BinaryRecord.Empty => XmlScalarKind.Empty,
        BinaryRecord.Zero => XmlScalarKind.Zero,
        BinaryRecord.One => XmlScalarKind.One,
        BinaryRecord.False or BinaryRecord.Bool => XmlScalarKind.False,
        BinaryRecord.True => XmlScalarKind.True,
        BinaryRecord.Int8 or BinaryRecord.Int16 or BinaryRecord.Int32 or BinaryRecord.Int64 => XmlScalarKind.Integer,
        BinaryRecord.UInt64 => XmlScalarKind.Unsigned,
        BinaryRecord.Single => XmlScalarKind.Single,
        BinaryRecord.Double => XmlScalarKind.Double,
        BinaryRecord.Decimal => XmlScalarKind.Decimal,
        BinaryRecord.DateTime => XmlScalarKind.Date,
        BinaryRecord.Guid => XmlScalarKind.Guid,
        BinaryRecord.Bytes8 or BinaryRecord.Bytes16 or BinaryRecord.Bytes32 or BinaryRecord.UniqueId
            or BinaryRecord.TimeSpan => XmlScalarKind.Other,
        BinaryRecord.Dictionary or BinaryRecord.QNameDictionary => throw new DecodeException(position, NoDictionary),
        _ => throw new DecodeException(position, "a record has a type that .NET binary XML does not have there"),
    };

    private static DecodeException TooLong(int position) =>
        new(position, "a length goes beyond the end of the body");
}
