using System.Buffers;
using System.Globalization;
using System.Text;

namespace DataExport.Grains.Selection;

/// <summary>Splits a filter's text into its pieces.</summary>
internal sealed class FilterScanner(string text)
{
    private static readonly SearchValues<char> s_ends = SearchValues.Create(" \t\r\n()[],='");

    private static readonly string[] s_instants =
    [
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    private int _next;

    /// <summary>The next piece; at the end again and again the end.</summary>
    /// <exception cref="FilterSyntaxException">There is something that no piece begins with.</exception>
    public FilterToken Read()
    {
        while (_next < text.Length && char.IsWhiteSpace(text[_next]))
        {
            _next++;
        }

        var position = _next + 1;
        if (_next == text.Length)
        {
            return new FilterToken(FilterTokenKind.End, "", default, position);
        }

        if (text[_next] == '\'')
        {
            return new FilterToken(FilterTokenKind.Literal, "", ReadText(position), position);
        }

        if ("()[],=".Contains(text[_next], StringComparison.Ordinal))
        {
            return new FilterToken(FilterTokenKind.Symbol, text[_next++].ToString(), default, position);
        }

        var rest = text.AsSpan(_next);
        var end = rest.IndexOfAny(s_ends);
        var word = end < 0 ? rest : rest[..end];
        _next += word.Length;
        return WordOrLiteral(word, position);
    }

    /// <summary>A text in quotes; two of them inside stand for one.</summary>
    private FilterLiteral ReadText(int position)
    {
        var value = new StringBuilder();
        for (_next++; _next < text.Length; _next++)
        {
            if (text[_next] != '\'')
            {
                _ = value.Append(text[_next]);
            }
            else if (_next + 1 < text.Length && text[_next + 1] == '\'')
            {
                _ = value.Append('\'');
                _next++;
            }
            else
            {
                _next++;
                return new FilterLiteral(FilterLiteralKind.Text, value.ToString(), Position: position);
            }
        }

        throw new FilterSyntaxException(position, "the text that begins here has no closing quote");
    }

    private static FilterToken WordOrLiteral(ReadOnlySpan<char> word, int position)
    {
        var literal = LiteralOf(word, position);
        if (literal is { } value)
        {
            return new FilterToken(FilterTokenKind.Literal, "", value, position);
        }

        return IsName(word)
            ? new FilterToken(FilterTokenKind.Word, word.ToString(), default, position)
            : throw new FilterSyntaxException(
                position, "this is neither a name nor a value; texts stand in single quotes, instants end with Z");
    }

    private static FilterLiteral? LiteralOf(ReadOnlySpan<char> word, int position)
    {
        if (Guid.TryParseExact(word, "D", out var guid))
        {
            return new FilterLiteral(FilterLiteralKind.Guid, Guid: guid, Position: position);
        }

        return word switch
        {
            "null" => new FilterLiteral(FilterLiteralKind.Null, Position: position),
            "true" => new FilterLiteral(FilterLiteralKind.Boolean, Number: 1, Position: position),
            "false" => new FilterLiteral(FilterLiteralKind.Boolean, Number: 0, Position: position),
            _ => char.IsAsciiDigit(word[^1]) || word[^1] == 'Z' ? NumberOrTime(word, position) : null,
        };
    }

    private static FilterLiteral? NumberOrTime(ReadOnlySpan<char> word, int position)
    {
        var culture = CultureInfo.InvariantCulture;
        if (decimal.TryParse(word, NumberStyles.Float, culture, out var number))
        {
            return new FilterLiteral(FilterLiteralKind.Number, Number: number, Position: position);
        }

        const DateTimeStyles Utc = DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal;
        if (DateTime.TryParseExact(word, "yyyy-MM-dd", culture, Utc, out var date))
        {
            return new FilterLiteral(FilterLiteralKind.Date, Instant: date, Position: position);
        }

        // Without a zone it would be anybody's guess.
        var hasZone = word.Length > 16 && word[16..].IndexOfAny("Z+-") >= 0;
        return hasZone && DateTime.TryParseExact(word, s_instants, culture, Utc, out var instant)
            ? new FilterLiteral(FilterLiteralKind.Instant, Instant: instant, Position: position)
            : null;
    }

    private static bool IsName(ReadOnlySpan<char> word)
    {
        foreach (var letter in word)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('_' or '.'))
            {
                return false;
            }
        }

        return !char.IsAsciiDigit(word[0]);
    }
}
