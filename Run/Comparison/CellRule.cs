using System.Globalization;
using DataExport.Sandbox;

namespace DataExport.Run.Comparison;

/// <summary>
/// What a cell of the target has to hold for a value of the source. Written from the documents alone and shares no
/// code with the target, so that a fault there cannot hide itself here.
/// </summary>
internal static class CellRule
{
    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss.fff";
    private const int TimeLength = 23;

    // Less than one unit in the fifteenth significant digit, whatever the first digits are.
    private const double NumberTolerance = 1e-15;

    /// <summary>Whether <paramref name="actual"/>, as SQLite gave it, stands for <paramref name="expected"/>.</summary>
    public static bool Matches(in SandboxValue expected, object actual) => expected.Kind switch
    {
        SandboxValueKind.Null => actual is DBNull,
        SandboxValueKind.Boolean => actual is long flag && flag == (expected.Boolean ? 1 : 0),
        SandboxValueKind.Integer => actual is long whole && whole == expected.Integer,
        SandboxValueKind.Decimal => IsNumber((double)expected.Decimal, actual),
        SandboxValueKind.Double => IsNumber(expected.Double, actual),
        SandboxValueKind.DateTime => actual is string time && IsTime(expected.DateTime, time),
        SandboxValueKind.Guid or SandboxValueKind.Lookup => actual is string id && IsGuid(expected.Guid, id),
        SandboxValueKind.Text => actual is string text && text == expected.Text,
        SandboxValueKind.Options => actual is string options && options == Joined(expected),
        _ => throw new ArgumentOutOfRangeException(nameof(expected), expected.Kind, "This kind has no rule."),
    };

    /// <summary>The same for the column beside a lookup that names the table it points to.</summary>
    public static bool MatchesEntityType(in SandboxValue lookup, object actual) => lookup.IsNull
        ? actual is DBNull
        : actual is string table && table == lookup.LookupTable;

    /// <summary>The cell in words, for a message.</summary>
    public static string Show(object actual) => actual switch
    {
        DBNull => "null",
        string text => $"'{text}'",
        byte[] bytes => $"{bytes.Length} bytes",
        _ => Convert.ToString(actual, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>The expected cell in words, for a message.</summary>
    public static string Show(in SandboxValue expected) => expected.Kind switch
    {
        SandboxValueKind.Null => "null",
        SandboxValueKind.Text => $"'{expected.Text}'",
        SandboxValueKind.DateTime => $"'{expected.DateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}'",
        SandboxValueKind.Lookup => $"'{expected.Guid:D}'",
        SandboxValueKind.Options => $"'{Joined(expected)}'",
        _ => expected.ToString(),
    };

    /// <summary>Several options are one text: rising numbers, joined by semicolons.</summary>
    private static string Joined(in SandboxValue options) => string.Join(
        ';', options.Text.Split(',').Select(option => int.Parse(option, CultureInfo.InvariantCulture)).Order());

    /// <summary>Numbers compare by value to 15 significant digits, which is what a double keeps of a decimal.</summary>
    private static bool IsNumber(double expected, object actual)
    {
        double found;
        switch (actual)
        {
            case double real:
                found = real;
                break;
            case long whole:
                found = whole;
                break;
            default:
                return false;
        }

        return Math.Abs(found - expected) <= Math.Abs(expected) * NumberTolerance;
    }

    private static bool IsTime(DateTime expected, string actual)
    {
        Span<char> text = stackalloc char[TimeLength];
        return expected.TryFormat(text, out var length, TimeFormat, CultureInfo.InvariantCulture)
            && actual.AsSpan().SequenceEqual(text[..length]);
    }

    private static bool IsGuid(Guid expected, string actual)
    {
        Span<char> text = stackalloc char[36];
        return expected.TryFormat(text, out var length) && actual.AsSpan().SequenceEqual(text[..length]);
    }
}
