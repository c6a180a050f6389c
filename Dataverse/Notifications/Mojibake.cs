using System.Buffers;
using System.Text;

namespace DataExport.Dataverse.Notifications;

/// <summary>
/// Finds text whose UTF-8 was read as Windows-1252 before it was sent: "é" as "Ã©", "€" as "â‚¬". It is told, never
/// repaired: what the letters once were is a guess.
/// </summary>
/// <remarks>
/// Such a text consists of ASCII and of letters that, taken as Windows-1252 bytes, are again valid UTF-8. Right text
/// hardly ever is, but it can be: "CAFÉ”" is one. So no other letter may stand in the text, and one of its groups must
/// hold a sign that does not follow a letter in writing, or two groups must follow each other.
/// </remarks>
internal static class Mojibake
{
    private const int NamesMax = 64;

    // Windows-1252 from 0x80; 0 for the five bytes that it leaves open, which .NET and browsers read as C1 controls.
    private const string FromHex80 = "€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ";

    /// <summary>Signs that do follow a letter: closing marks, raised ones, units, and letters themselves.</summary>
    private static readonly SearchValues<char> AfterLetters =
        SearchValues.Create("’‘“”„‚…–—•«»‹›™®©°ºª²³¹·´¨§€£¢¥¿¡ŠŽšžœŒŸ\u00A0\u00AD");

    /// <summary>Of those, the ones of which several follow a letter.</summary>
    private static readonly SearchValues<char> Closing = SearchValues.Create("’‘“”„‚…–—•«»‹›™®\u00A0");

    /// <summary>
    /// Those that follow Â and Ã, which end words in few languages and begin most of what is told here.
    /// </summary>
    private static readonly SearchValues<char> AfterA = SearchValues.Create("’”…–—•»›™");

    /// <summary>Adds the columns whose text is wrongly encoded.</summary>
    public static void AddNames(ref List<string>? names, ColumnValues columns, TableDefinition table)
    {
        foreach (var value in columns)
        {
            if (value.Kind is ColumnValueKind.Text && IsIn(value.Utf8))
            {
                AddName(ref names, table.Columns[value.Ordinal].Name);
            }
        }
    }

    /// <summary>Adds a name once.</summary>
    public static void AddName(ref List<string>? names, string name)
    {
        names ??= [];
        if (names.Count < NamesMax && !names.Contains(name))
        {
            names.Add(name);
        }
    }

    /// <summary>
    /// Whether the text is UTF-8 that was read as Windows-1252. ASCII text costs one vectorised look.
    /// </summary>
    public static bool IsIn(ReadOnlySpan<byte> utf8) => !Ascii.IsValid(utf8) && IsInLetters(utf8);

    private static bool IsInLetters(ReadOnlySpan<byte> utf8)
    {
        var isTelling = false;
        var isBehindGroup = false;
        while (!utf8.IsEmpty)
        {
            if (utf8[0] < 0x80)
            {
                var ascii = utf8.IndexOfAnyInRange((byte)0x80, byte.MaxValue);
                utf8 = ascii < 0 ? default : utf8[ascii..];
                isBehindGroup = false;
                continue;
            }

            if (!TryTakeGroup(ref utf8, out var groupTells))
            {
                return false;
            }

            isTelling |= groupTells || isBehindGroup;
            isBehindGroup = true;
        }

        return isTelling;
    }

    /// <summary>Takes the letters that are one letter's UTF-8.</summary>
    private static bool TryTakeGroup(ref ReadOnlySpan<byte> utf8, out bool isTelling)
    {
        isTelling = false;
        if (!TryTakeByte(ref utf8, out var lead, out _))
        {
            return false;
        }

        var following = lead switch
        {
            >= 0xC2 and <= 0xDF => 1,
            >= 0xE0 and <= 0xEF => 2,
            >= 0xF0 and <= 0xF4 => 3,
            _ => 0,
        };
        for (var left = following; left > 0; left--)
        {
            if (!TryTakeByte(ref utf8, out var next, out var letter) || next is < 0x80 or > 0xBF)
            {
                return false;
            }

            isTelling |= !(lead is 0xC2 or 0xC3 ? AfterA : following > 1 ? Closing : AfterLetters).Contains(letter);
        }

        return following > 0;
    }

    /// <summary>Takes one letter and gives the byte that it is in Windows-1252.</summary>
    private static bool TryTakeByte(ref ReadOnlySpan<byte> utf8, out int value, out char letter)
    {
        value = 0;
        letter = default;
        if (Rune.DecodeFromUtf8(utf8, out var rune, out var consumed) is not OperationStatus.Done || !rune.IsBmp)
        {
            return false;
        }

        utf8 = utf8[consumed..];
        letter = (char)rune.Value;
        var index = rune.Value <= 0xFF ? -1 : FromHex80.IndexOf(letter);
        value = index < 0 ? rune.Value : 0x80 + index;
        return value is >= 0x80 and <= 0xFF;
    }
}
