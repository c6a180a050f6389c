using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace DataExport.Dataverse.Json;

/// <summary>
/// Strings and names of JSON in UTF-8. The reader's own methods throw on lone surrogates, which Dataverse does send
/// when it cuts a text in the middle of an emoji; these do not.
/// </summary>
internal static class JsonText
{
    /// <summary>Longest name of a table, column or request. Dataverse's own limit is 128 characters.</summary>
    public const int NameBytesMax = 256;

    private const int EscapedBytesMax = 512;
    private const byte Backslash = (byte)'\\';

    /// <summary>Whether the name or string that the reader stands on is <paramref name="expected"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Is(this ref Utf8JsonReader reader, ReadOnlySpan<byte> expected) =>
        reader.ValueIsEscaped ? IsUnescaped(reader.ValueSpan, expected) : reader.ValueSpan.SequenceEqual(expected);

    /// <summary>
    /// The name or string the reader stands on, unescaped into <paramref name="scratch"/> where needed.
    /// </summary>
    /// <returns>Empty when it is longer than <paramref name="scratch"/> and escaped.</returns>
    public static ReadOnlySpan<byte> Plain(this scoped in Utf8JsonReader reader, Span<byte> scratch)
    {
        if (!reader.ValueIsEscaped)
        {
            return reader.ValueSpan;
        }

        return reader.ValueSpan.Length > scratch.Length ? default : scratch[..Unescape(reader.ValueSpan, scratch)];
    }

    /// <summary>A name of the wire, unescaped where needed: at most 256 bytes, more is a fault.</summary>
    public static ReadOnlySpan<byte> Name(this scoped in Utf8JsonReader reader, Span<byte> scratch) =>
        reader.ValueSpan.Length <= NameBytesMax
            ? reader.Plain(scratch)
            : throw reader.Fault($"a name is longer than {NameBytesMax} bytes");

    /// <summary>A name of the wire as a string.</summary>
    public static string ShortString(this ref Utf8JsonReader reader) =>
        Encoding.UTF8.GetString(reader.Name(stackalloc byte[NameBytesMax]));

    /// <summary>Reads a GUID from the string the reader stands on.</summary>
    public static bool TryGuid(this ref Utf8JsonReader reader, out Guid value)
    {
        value = default;
        return reader.TokenType is JsonTokenType.String
            && !reader.ValueIsEscaped
            && TryGuid(reader.ValueSpan, out value);
    }

    /// <summary>Reads 36 characters with hyphens, as Dataverse writes GUIDs.</summary>
    public static bool TryGuid(ReadOnlySpan<byte> text, out Guid value)
    {
        value = default;
        return text.Length == 36
            && System.Buffers.Text.Utf8Parser.TryParse(text, out value, out var consumed)
            && consumed == text.Length;
    }

    /// <summary>Whether <paramref name="utf8"/> can be stored as text.</summary>
    public static bool IsValid(ReadOnlySpan<byte> utf8) => Utf8.IsValid(utf8);

    /// <summary>
    /// Resolves the escapes of a JSON string that the reader has accepted. A lone surrogate becomes U+FFFD.
    /// </summary>
    /// <param name="escaped">The string between its quotes.</param>
    /// <param name="plain">At least as long as <paramref name="escaped"/>.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Unescape(ReadOnlySpan<byte> escaped, Span<byte> plain)
    {
        var length = 0;
        while (true)
        {
            var next = escaped.IndexOf(Backslash);
            var run = next < 0 ? escaped : escaped[..next];
            run.CopyTo(plain[length..]);
            length += run.Length;
            if (next < 0)
            {
                return length;
            }

            escaped = escaped[next..];
            if (escaped[1] == 'u')
            {
                var rune = ReadRune(ref escaped);
                length += rune.EncodeToUtf8(plain[length..]);
            }
            else
            {
                plain[length++] = Simple(escaped[1]);
                escaped = escaped[2..];
            }
        }
    }

    /// <summary>Kept apart, so that the usual case has no buffer to clear.</summary>
    private static bool IsUnescaped(ReadOnlySpan<byte> escaped, ReadOnlySpan<byte> expected)
    {
        // An escape is longer than what it stands for, at most sixfold.
        if (escaped.Length > expected.Length * 6 || escaped.Length > EscapedBytesMax)
        {
            return false;
        }

        Span<byte> plain = stackalloc byte[EscapedBytesMax];
        return plain[..Unescape(escaped, plain)].SequenceEqual(expected);
    }

    private static byte Simple(byte letter) => letter switch
    {
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        _ => letter,
    };

    private static Rune ReadRune(ref ReadOnlySpan<byte> escaped)
    {
        var high = (char)HexAt(escaped, 2);
        escaped = escaped[6..];
        if (!char.IsHighSurrogate(high))
        {
            return Rune.TryCreate(high, out var single) ? single : Rune.ReplacementChar;
        }

        if (escaped.Length >= 6 && escaped[0] == Backslash && escaped[1] == 'u'
            && Rune.TryCreate(high, (char)HexAt(escaped, 2), out var pair))
        {
            escaped = escaped[6..];
            return pair;
        }

        return Rune.ReplacementChar;
    }

    private static int HexAt(ReadOnlySpan<byte> text, int offset)
    {
        var value = 0;
        foreach (var digit in text.Slice(offset, 4))
        {
            value = (value << 4) | (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        return value;
    }
}
