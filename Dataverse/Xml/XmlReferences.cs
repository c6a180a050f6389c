using System.Text;

namespace DataExport.Dataverse.Xml;

/// <summary>
/// References: XML's own five, and letters by number. By number every letter can come, even those that XML forbids: the
/// data-contract serializer writes the controls of a record's text so. Half of a pair of surrogates is U+FFFD.
/// </summary>
internal static class XmlReferences
{
    private const int DigitsMax = 16;

    /// <summary>Whether what stands between ampersand and semicolon is a reference.</summary>
    public static bool IsKnown(ReadOnlySpan<byte> reference) => IsNamed(reference) || TryNumber(reference, out _);

    /// <summary>The letter that a known reference stands for.</summary>
    public static Rune Resolve(ReadOnlySpan<byte> reference)
    {
        if (TryNumber(reference, out var number))
        {
            return Rune.TryCreate(number, out var letter) ? letter : Rune.ReplacementChar;
        }

        return new Rune((reference[0], reference[1]) switch
        {
            ((byte)'l', _) => '<',
            ((byte)'g', _) => '>',
            ((byte)'q', _) => '"',
            (_, (byte)'m') => '&',
            _ => '\'',
        });
    }

    private static bool IsNamed(ReadOnlySpan<byte> reference) =>
        reference.SequenceEqual("amp"u8) || reference.SequenceEqual("lt"u8) || reference.SequenceEqual("gt"u8)
        || reference.SequenceEqual("quot"u8) || reference.SequenceEqual("apos"u8);

    private static bool TryNumber(ReadOnlySpan<byte> reference, out int number)
    {
        number = 0;
        if (reference is not [(byte)'#', _, ..] || reference.Length > DigitsMax)
        {
            return false;
        }

        var isHexadecimal = reference[1] == 'x';
        var digits = reference[(isHexadecimal ? 2 : 1)..];
        foreach (var digit in digits)
        {
            if (!isHexadecimal && !char.IsAsciiDigit((char)digit) || !char.IsAsciiHexDigit((char)digit))
            {
                return false;
            }

            number = number * (isHexadecimal ? 16 : 10) + (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
            if (number > 0x10FFFF)
            {
                return false;
            }
        }

        return !digits.IsEmpty;
    }
}
