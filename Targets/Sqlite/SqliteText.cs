using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace DataExport.Targets.Sqlite;

/// <summary>The text forms of ids and times, in UTF-8. Stored: never change.</summary>
internal static class SqliteText
{
    /// <summary>Length of <c>yyyy-MM-dd HH:mm:ss.fff</c>.</summary>
    internal const int InstantBytes = 23;

    /// <summary>Length of a lower-case id with hyphens.</summary>
    internal const int GuidBytes = 36;

    private const int SecondsFormBytes = 19;

    internal static void Write(Guid value, Span<byte> utf8) => _ = value.TryFormat(utf8, out _);

    /// <summary>Writes an instant; what is finer than a millisecond is cut off.</summary>
    internal static void Write(DateTime value, Span<byte> utf8)
    {
        var year = value.Year;
        Write2(year / 100, utf8);
        Write2(year % 100, utf8[2..]);
        utf8[4] = (byte)'-';
        Write2(value.Month, utf8[5..]);
        utf8[7] = (byte)'-';
        Write2(value.Day, utf8[8..]);
        utf8[10] = (byte)' ';
        var milliseconds = (int)(value.TimeOfDay.Ticks / TimeSpan.TicksPerMillisecond);
        Write2(milliseconds / 3_600_000, utf8[11..]);
        utf8[13] = (byte)':';
        Write2(milliseconds / 60_000 % 60, utf8[14..]);
        utf8[16] = (byte)':';
        Write2(milliseconds / 1_000 % 60, utf8[17..]);
        utf8[19] = (byte)'.';
        utf8[20] = (byte)('0' + (milliseconds / 100 % 10));
        Write2(milliseconds % 100, utf8[21..]);
    }

    /// <summary>Reads <c>yyyy-MM-dd HH:mm:ss</c> with milliseconds or without, and what somebody else wrote.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> utf8, out DateTime value)
    {
        value = default;
        if (utf8.Length is not (InstantBytes or SecondsFormBytes))
        {
            return TryReadOther(utf8, out value);
        }

        var milliseconds = 0;
        if (!TryRead2(utf8, out var century) || !TryRead2(utf8[2..], out var year)
            || !TryRead2(utf8[5..], out var month) || !TryRead2(utf8[8..], out var day)
            || !TryRead2(utf8[11..], out var hour) || !TryRead2(utf8[14..], out var minute)
            || !TryRead2(utf8[17..], out var second) || !AreSeparators(utf8)
            || (utf8.Length == InstantBytes && !TryReadMilliseconds(utf8[19..], out milliseconds)))
        {
            return false;
        }

        year += century * 100;
        if (year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        value = new DateTime(year, month, day, hour, minute, second, milliseconds, DateTimeKind.Utc);
        return true;
    }

    internal static Guid ReadGuid(ReadOnlySpan<byte> utf8) =>
        Utf8Parser.TryParse(utf8, out Guid value, out var read, 'D') && read == utf8.Length
            ? value
            : throw new FormatException("A record id in the target is no GUID.");

    /// <summary>Times that somebody else stored, in another form than ours.</summary>
    private static bool TryReadOther(ReadOnlySpan<byte> utf8, out DateTime value) => DateTime.TryParse(
        Encoding.UTF8.GetString(utf8),
        CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
        out value);

    private static bool AreSeparators(ReadOnlySpan<byte> utf8) =>
        utf8[4] == '-' && utf8[7] == '-' && utf8[10] is (byte)' ' or (byte)'T' && utf8[13] == ':' && utf8[16] == ':';

    private static bool TryReadMilliseconds(ReadOnlySpan<byte> utf8, out int milliseconds)
    {
        milliseconds = 0;
        if (utf8[0] != '.' || !char.IsAsciiDigit((char)utf8[1]) || !TryRead2(utf8[2..], out var rest))
        {
            return false;
        }

        milliseconds = ((utf8[1] - '0') * 100) + rest;
        return true;
    }

    private static void Write2(int value, Span<byte> utf8)
    {
        utf8[1] = (byte)('0' + (value % 10));
        utf8[0] = (byte)('0' + (value / 10));
    }

    private static bool TryRead2(ReadOnlySpan<byte> utf8, out int value)
    {
        value = ((utf8[0] - '0') * 10) + (utf8[1] - '0');
        return char.IsAsciiDigit((char)utf8[0]) && char.IsAsciiDigit((char)utf8[1]);
    }
}
