using DataExport.Dataverse.Json;

namespace DataExport.Dataverse.Xml;

/// <summary>Dates as .NET writes them in XML.</summary>
internal static class XmlDates
{
    private const int KindShift = 62;
    private const ulong TicksMask = (1UL << KindShift) - 1;

    /// <summary>
    /// Reads <c>yyyy-MM-ddTHH:mm:ss.fffffff</c> with <c>Z</c>, an offset or nothing behind it. With an offset the value
    /// was local time when it was written, and the time that was meant is the one that stands there.
    /// </summary>
    public static bool TryText(ReadOnlySpan<byte> text, out DateTime value)
    {
        const int OffsetLength = 6;
        if (text.Length > 10 + OffsetLength && text[^OffsetLength] is ((byte)'+' or (byte)'-')
            && IsOffset(text[^OffsetLength..]))
        {
            text = text[..^OffsetLength];
        }

        return JsonDates.TryIsoDate(text, out value);
    }

    /// <summary>
    /// Reads the 64 bits that .NET makes of a date: ticks below, two bits of kind above. Of a local time they are the
    /// ticks in UTC, and its offset is lost: Dataverse's servers have none.
    /// </summary>
    public static bool TryBinary(long bits, out DateTime value)
    {
        var ticks = (ulong)bits & TicksMask;
        value = default;
        if (ticks > (ulong)DateTime.MaxValue.Ticks)
        {
            return false;
        }

        value = JsonDates.WholeMilliseconds(new DateTime((long)ticks, DateTimeKind.Utc));
        return true;
    }

    /// <summary>Whether the 64 bits are a local time's: the ticks may then be of another day than was meant.</summary>
    public static bool IsLocal(long bits) => bits < 0;

    private static bool IsOffset(ReadOnlySpan<byte> text) =>
        text[3] == ':' && IsDigit(text[1]) && IsDigit(text[2]) && IsDigit(text[4]) && IsDigit(text[5]);

    private static bool IsDigit(byte letter) => letter is >= (byte)'0' and <= (byte)'9';
}
