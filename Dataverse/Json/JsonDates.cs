using System.Buffers.Text;
using System.Text.Json;

namespace DataExport.Dataverse.Json;

/// <summary>Dates as Dataverse writes them: <c>/Date(ms±hhmm)/</c> in notifications, ISO 8601 in the Web API.</summary>
internal static class JsonDates
{
    private const long MillisecondsMin = -62_135_596_800_000;
    private const long MillisecondsMax = 253_402_300_799_999;

    /// <summary>
    /// Reads the string the reader stands on. An offset in <c>/Date(ms±hhmm)/</c> is added: the value was not UTC
    /// when it was written, and milliseconds plus offset give the time that was meant.
    /// </summary>
    public static bool TryDate(this ref Utf8JsonReader reader, out DateTime value)
    {
        value = default;
        if (reader.TokenType is not JsonTokenType.String)
        {
            return false;
        }

        return TryDotNetDate(reader.ValueSpan, out value)
            || (!reader.ValueIsEscaped && TryIsoDate(reader.ValueSpan, out value));
    }

    /// <summary>Whether the text, escaped or not, begins as <c>/Date(</c> does.</summary>
    public static bool TryDotNetDate(ReadOnlySpan<byte> text, out DateTime value)
    {
        value = default;
        if (!TakeStart(ref text) || !Utf8Parser.TryParse(text, out long milliseconds, out var digits))
        {
            return false;
        }

        text = text[digits..];
        if (!TakeOffset(ref text, out var offsetMinutes)
            || !(text.SequenceEqual(@")\/"u8) || text.SequenceEqual(")/"u8))
            || milliseconds is < MillisecondsMin or > MillisecondsMax)
        {
            return false;
        }

        var meant = milliseconds + offsetMinutes * 60_000L;
        if (meant is < MillisecondsMin or > MillisecondsMax)
        {
            return false;
        }

        value = DateTime.UnixEpoch.AddTicks(meant * TimeSpan.TicksPerMillisecond);
        return true;
    }

    /// <summary>
    /// Reads <c>yyyy-MM-dd</c>, or <c>yyyy-MM-ddTHH:mm:ss</c> with up to seven decimals, of which three count, and
    /// <c>Z</c>.
    /// </summary>
    public static bool TryIsoDate(ReadOnlySpan<byte> text, out DateTime value)
    {
        value = default;
        if (text.Length < 10 || text[4] != '-' || text[7] != '-'
            || !TryDigits(text[..4], out var year) || !TryDigits(text[5..7], out var month)
            || !TryDigits(text[8..10], out var day)
            || year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        value = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc);
        if (text.Length > 10 && !TryAddTime(text[10..], ref value))
        {
            return false;
        }

        value = WholeMilliseconds(value);
        return true;
    }

    /// <summary>
    /// The time without what <c>/Date(ms)/</c> cannot tell, so that a date is the same in every format. What .NET cuts
    /// off to write milliseconds is cut off towards 1970.
    /// </summary>
    public static DateTime WholeMilliseconds(DateTime value) =>
        value.AddTicks(-((value.Ticks - DateTime.UnixEpoch.Ticks) % TimeSpan.TicksPerMillisecond));

    private static bool TryAddTime(ReadOnlySpan<byte> text, ref DateTime value)
    {
        if (text.Length < 9 || text[0] != 'T' || text[3] != ':' || text[6] != ':'
            || !TryDigits(text[1..3], out var hour) || !TryDigits(text[4..6], out var minute)
            || !TryDigits(text[7..9], out var second) || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        text = text[9..];
        var ticks = 0;
        if (!text.IsEmpty && text[0] == '.')
        {
            var digits = text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            digits = digits < 0 ? text.Length - 1 : digits;
            if (digits is 0 or > 7 || !TryDigits(text.Slice(1, digits), out ticks))
            {
                return false;
            }

            for (var place = digits; place < 7; place++)
            {
                ticks *= 10;
            }

            text = text[(1 + digits)..];
        }

        value = value.AddTicks(((hour * 60 + minute) * 60 + second) * TimeSpan.TicksPerSecond + ticks);
        return text.IsEmpty || (text.Length == 1 && text[0] == 'Z');
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            value = value * 10 + digit - '0';
        }

        return true;
    }

    private static bool TakeStart(ref ReadOnlySpan<byte> text)
    {
        var skipped = text.StartsWith(@"\/Date("u8) ? 7 : text.StartsWith("/Date("u8) ? 6 : 0;
        text = text[skipped..];
        return skipped > 0;
    }

    private static bool TakeOffset(ref ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text.IsEmpty || text[0] is not ((byte)'+' or (byte)'-'))
        {
            return true;
        }

        if (text.Length < 5 || !TryDigits(text[1..3], out var hour) || !TryDigits(text[3..5], out var minute))
        {
            return false;
        }

        minutes = (text[0] == '-' ? -1 : 1) * (hour * 60 + minute);
        text = text[5..];
        return true;
    }
}
