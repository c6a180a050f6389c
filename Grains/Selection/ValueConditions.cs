namespace DataExport.Grains.Selection;

/// <summary>A comparison's sign read as what an operator wants.</summary>
internal static class Comparison
{
    public static bool IsMet(FilterOperator comparison, int sign) => comparison switch
    {
        FilterOperator.Equal => sign == 0,
        FilterOperator.NotEqual => sign != 0,
        FilterOperator.Greater => sign > 0,
        FilterOperator.GreaterOrEqual => sign >= 0,
        FilterOperator.Less => sign < 0,
        _ => sign <= 0,
    };
}

/// <summary>Compares numbers: whole ones, decimals, options, floating point ones, yes and no.</summary>
internal sealed class NumberCondition(int ordinal, FilterOperator comparison, decimal number)
    : ValueCondition(ordinal)
{
    private readonly double _double = (double)number;

    protected override bool IsMet(in ColumnValue value) => Comparison.IsMet(comparison, value.Kind switch
    {
        ColumnValueKind.Integer => ((decimal)value.Integer).CompareTo(number),
        ColumnValueKind.Decimal => value.Decimal.CompareTo(number),
        ColumnValueKind.Double => value.Double.CompareTo(_double),
        _ => (value.Boolean ? 1m : 0m).CompareTo(number),
    });
}

/// <summary>Compares instants; of a day, its midnight.</summary>
internal sealed class InstantCondition(int ordinal, FilterOperator comparison, DateTime instant)
    : ValueCondition(ordinal)
{
    protected override bool IsMet(in ColumnValue value) =>
        Comparison.IsMet(comparison, value.Instant.Ticks.CompareTo(instant.Ticks));
}

/// <summary>Whether an id, or the id that a lookup holds, is one of some.</summary>
internal sealed class IdCondition(int ordinal, HashSet<Guid> ids) : ValueCondition(ordinal)
{
    protected override bool IsMet(in ColumnValue value) => ids.Contains(value.Guid);
}

/// <summary>Compares texts by their letters, whatever the case; blanks at the end do not count, as in SQL.</summary>
internal sealed class TextCondition(int ordinal, FilterOperator comparison, string text) : ValueCondition(ordinal)
{
    private readonly string _text = text.TrimEnd(' ');

    protected override bool IsMet(in ColumnValue value)
    {
        using var letters = new FilterText(value.Utf8);
        var sign = letters.Chars.TrimEnd(' ').CompareTo(_text, StringComparison.OrdinalIgnoreCase);
        return Comparison.IsMet(comparison, sign);
    }
}

/// <summary>Looks for a text within a text, whatever the case.</summary>
internal sealed class TextMatchCondition(int ordinal, TextMatch match, string text) : ValueCondition(ordinal)
{
    protected override bool IsMet(in ColumnValue value)
    {
        using var letters = new FilterText(value.Utf8);
        return match switch
        {
            TextMatch.Contains => letters.Chars.Contains(text, StringComparison.OrdinalIgnoreCase),
            TextMatch.StartsWith => letters.Chars.StartsWith(text, StringComparison.OrdinalIgnoreCase),
            _ => letters.Chars.EndsWith(text, StringComparison.OrdinalIgnoreCase),
        };
    }
}

/// <summary>Whether any of some options is among those of a multi-select: numbers joined by semicolons.</summary>
internal sealed class OptionsCondition(int ordinal, HashSet<int> options) : ValueCondition(ordinal)
{
    protected override bool IsMet(in ColumnValue value)
    {
        var chosen = value.Utf8;
        foreach (var range in chosen.Split((byte)';'))
        {
            if (System.Buffers.Text.Utf8Parser.TryParse(chosen[range], out int option, out _)
                && options.Contains(option))
            {
                return true;
            }
        }

        return false;
    }
}
