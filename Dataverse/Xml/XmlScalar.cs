using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using DataExport.Dataverse.Json;
using DataExport.Dataverse.Notifications;

namespace DataExport.Dataverse.Xml;

/// <summary>How a text of XML is written. In text XML it is always <see cref="Utf8"/>.</summary>
internal enum XmlScalarKind
{
    /// <summary>An empty text.</summary>
    Empty,
    Utf8,

    /// <summary>Text XML with references or line ends that are not taken as they stand.</summary>
    EscapedUtf8,
    Utf16,
    Zero,
    One,
    False,
    True,

    /// <summary>A whole number of 1, 2, 4 or 8 bytes.</summary>
    Integer,
    Unsigned,
    Single,
    Double,
    Decimal,
    Date,
    Guid,

    /// <summary>Bytes, time spans, lists, and elements in place of a text: no column holds them.</summary>
    Other,
}

/// <summary>The text of an element, typed where the format has types. A view.</summary>
/// <param name="Kind">How it is written.</param>
/// <param name="Bytes">The text in UTF-8, or the number's bytes.</param>
internal readonly ref struct XmlScalar(XmlScalarKind kind, ReadOnlySpan<byte> bytes)
{
    /// <summary>Longest text of a number, date or GUID, and so the least scratch memory.</summary>
    public const int TextBytesMax = 64;

    public XmlScalarKind Kind { get; } = kind;

    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    /// <summary>The text as XML would have it, in <paramref name="scratch"/> where it is not text already.</summary>
    /// <param name="text">The text in UTF-8, not looked at.</param>
    /// <param name="scratch">At least 64 bytes.</param>
    public bool TryText(Span<byte> scratch, out ReadOnlySpan<byte> text)
    {
        var length = 0;
        text = Bytes;
        switch (Kind)
        {
            case XmlScalarKind.Empty or XmlScalarKind.Utf8:
                return true;
            case XmlScalarKind.False or XmlScalarKind.True:
                text = Kind is XmlScalarKind.True ? "true"u8 : "false"u8;
                return true;
            case XmlScalarKind.Guid:
                _ = Utf8Formatter.TryFormat(new Guid(Bytes), scratch, out length);
                break;
            case XmlScalarKind.Date when TryDate(out var instant):
                _ = Utf8Formatter.TryFormat(instant, scratch, out length, 'O');
                break;
            case XmlScalarKind.Decimal when TryDecimal(out var number):
                _ = Utf8Formatter.TryFormat(number, scratch, out length);
                break;
            case XmlScalarKind.Single:
                _ = Utf8Formatter.TryFormat(BinaryPrimitives.ReadSingleLittleEndian(Bytes), scratch, out length);
                break;
            case XmlScalarKind.Double:
                _ = Utf8Formatter.TryFormat(BinaryPrimitives.ReadDoubleLittleEndian(Bytes), scratch, out length);
                break;
            case XmlScalarKind.Unsigned:
                _ = Utf8Formatter.TryFormat(BinaryPrimitives.ReadUInt64LittleEndian(Bytes), scratch, out length);
                break;
            default:
                if (!TryInteger(out var integer))
                {
                    return false;
                }

                _ = Utf8Formatter.TryFormat(integer, scratch, out length);
                break;
        }

        text = scratch[..length];
        return length > 0;
    }

    /// <summary>The digits of a number, for those who take a number from its digits.</summary>
    public bool TryDigits(Span<byte> scratch, out ReadOnlySpan<byte> digits)
    {
        digits = default;
        if (Kind is XmlScalarKind.True or XmlScalarKind.False or XmlScalarKind.Guid or XmlScalarKind.Date
            || !TryText(scratch, out var text))
        {
            return false;
        }

        digits = text.Trim(" \t\r\n"u8);
        return true;
    }

    public bool TryBoolean(out bool value)
    {
        var text = Bytes.Trim(" \t\r\n"u8);
        value = Kind is XmlScalarKind.True or XmlScalarKind.One
            || (Kind is XmlScalarKind.Utf8 && (text.SequenceEqual("true"u8) || text.SequenceEqual("1"u8)));
        return value || Kind is XmlScalarKind.False or XmlScalarKind.Zero
            || (Kind is XmlScalarKind.Utf8 && (text.SequenceEqual("false"u8) || text.SequenceEqual("0"u8)));
    }

    public bool TryGuid(out Guid value)
    {
        if (Kind is XmlScalarKind.Guid)
        {
            value = new Guid(Bytes);
            return true;
        }

        value = default;
        return Kind is XmlScalarKind.Utf8 && JsonText.TryGuid(Bytes.Trim(" \t\r\n"u8), out value);
    }

    /// <summary>
    /// The instant, or the wall-clock time that was meant: what follows a time that is not UTC is not looked at.
    /// </summary>
    public bool TryDate(out DateTime value)
    {
        if (Kind is XmlScalarKind.Date)
        {
            return XmlDates.TryBinary(BinaryPrimitives.ReadInt64LittleEndian(Bytes), out value);
        }

        value = default;
        return Kind is XmlScalarKind.Utf8 && XmlDates.TryText(Bytes.Trim(" \t\r\n"u8), out value);
    }

    /// <summary>
    /// The day. A local time in binary that is not midnight has none: its offset would be needed to know which.
    /// </summary>
    public bool TryDay(out DateTime day)
    {
        var isDate = TryDate(out var time);
        day = time.Date;
        return isDate && (day == time || Kind is not XmlScalarKind.Date
            || !XmlDates.IsLocal(BinaryPrimitives.ReadInt64LittleEndian(Bytes)));
    }

    private bool TryInteger(out long value)
    {
        value = (Kind, Bytes.Length) switch
        {
            (XmlScalarKind.One, _) => 1,
            (XmlScalarKind.Integer, 1) => (sbyte)Bytes[0],
            (XmlScalarKind.Integer, 2) => BinaryPrimitives.ReadInt16LittleEndian(Bytes),
            (XmlScalarKind.Integer, 4) => BinaryPrimitives.ReadInt32LittleEndian(Bytes),
            (XmlScalarKind.Integer, 8) => BinaryPrimitives.ReadInt64LittleEndian(Bytes),
            _ => 0,
        };
        return Kind is XmlScalarKind.Zero or XmlScalarKind.One or XmlScalarKind.Integer;
    }

    /// <summary>Reads the 16 bytes: two unused, scale, sign, the highest 32 bits, the lower 64.</summary>
    private bool TryDecimal(out decimal value)
    {
        const int ScaleMax = 28;
        value = 0;
        if (Bytes[0] != 0 || Bytes[1] != 0 || Bytes[2] > ScaleMax || Bytes[3] is not (0 or 0x80))
        {
            return false;
        }

        var words = MemoryMarshal.Cast<byte, int>(Bytes);
        value = new decimal(words[2], words[3], words[1], isNegative: Bytes[3] != 0, Bytes[2]);
        return true;
    }
}
