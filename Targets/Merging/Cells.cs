using System.Globalization;
using System.Text;
using System.Text.Unicode;
using DataExport.Grains.Ports;
using DataExport.Targets.Layout;

namespace DataExport.Targets.Merging;

/// <summary>
/// Reads a value as what its column of the target can hold. What it cannot hold is refused by the column's name, and
/// never by its value.
/// </summary>
internal static class Cells
{
    /// <summary>No engine takes more in one cell.</summary>
    public const int TextBytesMax = 512 * 1024 * 1024;

    /// <summary>A little less than the largest decimal.</summary>
    private const double DecimalMax = 7.9e28;

    private const int DigitsMax = 38;
    private const int PowerMax = 28;

    private static readonly decimal[] _powers = PowersOfTen();

    public static Guid Id(in ColumnValue value, TargetTable table, TargetColumn column) =>
        value.Kind is ColumnValueKind.Guid or ColumnValueKind.Lookup
            ? value.Guid
            : throw Refusal(table, column, "it is no id");

    public static long Whole(in ColumnValue value, TargetTable table, TargetColumn column)
    {
        var number = value.Kind switch
        {
            ColumnValueKind.Integer => value.Integer,
            ColumnValueKind.Boolean => value.Boolean ? 1 : 0,
            ColumnValueKind.Decimal when decimal.IsInteger(value.Decimal)
                && value.Decimal is >= long.MinValue and <= long.MaxValue => (long)value.Decimal,
            _ => throw Refusal(table, column, "it is no whole number"),
        };
        return column.Cell is CellType.BigInt || number is >= int.MinValue and <= int.MaxValue
            ? number
            : throw Refusal(table, column, "the number is out of the range of 32 bits");
    }

    public static bool Bit(in ColumnValue value, TargetTable table, TargetColumn column) => value.Kind switch
    {
        ColumnValueKind.Boolean => value.Boolean,
        ColumnValueKind.Integer => value.Integer != 0,
        _ => throw Refusal(table, column, "it is neither yes nor no"),
    };

    public static decimal Number(in ColumnValue value, TargetTable table, TargetColumn column)
    {
        var number = value.Kind switch
        {
            ColumnValueKind.Decimal => value.Decimal,
            ColumnValueKind.Integer => value.Integer,

            // Also false for what is no number at all.
            ColumnValueKind.Double when Math.Abs(value.Double) < DecimalMax => Exactly(value.Double),
            ColumnValueKind.Double => throw Refusal(table, column, "the number has more than 28 digits or is none"),
            _ => throw Refusal(table, column, "it is no number"),
        };

        // All have 38 digits, of which the scale takes its share. With less than 10 behind the point all have room.
        var room = DigitsMax - column.Scale;
        return room is < 0 or > PowerMax || Math.Abs(number) < _powers[room]
            ? number
            : throw Refusal(table, column, $"the number has more than {room} digits before the point");
    }

    /// <summary>The shortest number that reads as this one. A cast would keep 15 digits alone.</summary>
    private static decimal Exactly(double number)
    {
        Span<char> text = stackalloc char[32];
        _ = number.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        return decimal.Parse(text[..length], NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private static decimal[] PowersOfTen()
    {
        var powers = new decimal[PowerMax + 1];
        powers[0] = 1;
        for (var power = 1; power <= PowerMax; power++)
        {
            powers[power] = powers[power - 1] * 10;
        }

        return powers;
    }

    /// <summary>A time in whole milliseconds; of a day, its beginning.</summary>
    public static DateTime Instant(in ColumnValue value, TargetTable table, TargetColumn column)
    {
        if (value.Kind is not ColumnValueKind.Instant)
        {
            throw Refusal(table, column, "it is no time");
        }

        var isDay = table.Definition.Columns[column.Ordinal].Type is ColumnType.DateOnly;
        var instant = isDay ? value.Instant.Date : value.Instant;
        return instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerMillisecond));
    }

    /// <summary>The text of a value, in UTF-8. Of a lookup, the table that it points to.</summary>
    public static ReadOnlySpan<byte> Text(in ColumnValue value, TargetTable table, TargetColumn column)
    {
        switch (value.Kind)
        {
            case ColumnValueKind.Text:
                CheckLength(value.Utf8.Length, table, column);
                return value.Utf8;
            case ColumnValueKind.Integer:
                return Encoding.UTF8.GetBytes(value.Integer.ToString(CultureInfo.InvariantCulture));
            default:
                throw Refusal(table, column, "it is no text");
        }
    }

    /// <summary>
    /// The table that a lookup points to; where it was not told, the only one that the column can point to.
    /// </summary>
    public static ReadOnlySpan<byte> EntityType(in ColumnValue value, TargetTable table, TargetColumn column)
    {
        var name = value.Kind is ColumnValueKind.Lookup && value.LookupTable.Length > 0
            ? value.LookupTable
            : table.SoleTargetOf(column.Ordinal);
        return column.TextLengthMax == 0 || name.Length <= column.TextLengthMax
            ? name
            : throw Refusal(table, column, "it is longer than the name of any table");
    }

    /// <exception cref="TargetRefusedException">There is more text than any engine takes.</exception>
    internal static void CheckLength(long bytes, TargetTable table, TargetColumn column)
    {
        if (bytes > TextBytesMax)
        {
            throw Refusal(table, column, $"it has {bytes} bytes of text, and {TextBytesMax} is the limit");
        }
    }

    /// <exception cref="TargetRefusedException">The bytes are no text.</exception>
    internal static void DemandText(ReadOnlySpan<byte> utf8, TargetTable table, TargetColumn column)
    {
        if (!Utf8.IsValid(utf8))
        {
            throw Refusal(table, column, "it is no UTF-8, or holds half a character");
        }
    }

    internal static TargetRefusedException Refusal(TargetTable table, TargetColumn column, string fault) =>
        new($"{table.Definition.Name}: the value of column '{column.Name.Name}' cannot be stored: {fault}.");
}
