using DataExport.Grains.Selection;

namespace DataExport.Grains.Tests.Selection;

/// <summary>Drawn filters against a slow reading of SQL's logic.</summary>
public sealed class FilterReferenceTests
{
    private const int FiltersMax = 3_000;
    private static readonly string[] s_operators = ["eq", "ne", "gt", "ge", "lt", "le"];

    [Fact]
    public void Evaluate_DrawnFiltersAndRows_IsWhatThreeValuedLogicSays()
    {
        var random = new Random(20_260_301);
        for (var round = 0; round < FiltersMax; round++)
        {
            var (text, holds) = Draw(random, depth: 4);
            var filter = RowFilter.Of(text, FilterTable.Definition);
            int?[] row = [Value(random), Value(random), Value(random)];
            var expected = holds(row) is true ? FilterOutcome.Inside : FilterOutcome.Outside;

            filter.Evaluate(FilterRow.Whole(Encode(row, told: 7))).ShouldBe(expected, text);

            // What some columns tell must be so whatever the others hold.
            var part = filter.Evaluate(FilterRow.Part(Encode(row, told: random.Next(8))));
            (part is FilterOutcome.NotTold || part == expected).ShouldBeTrue($"{text}: {part}");
        }
    }

    private static (string Text, Func<int?[], bool?> Holds) Draw(Random random, int depth)
    {
        switch (depth == 0 ? 0 : random.Next(5))
        {
            case 1:
                var (text, holds) = Draw(random, depth - 1);
                return ($"not ({text})", row => !holds(row));
            case 2 or 3:
                var left = Draw(random, depth - 1);
                var right = Draw(random, depth - 1);
                return random.Next(2) == 0
                    ? ($"({left.Text}) and ({right.Text})", row => left.Holds(row) & right.Holds(row))
                    : ($"({left.Text}) or ({right.Text})", row => left.Holds(row) | right.Holds(row));
            default:
                return DrawComparison(random);
        }
    }

    private static (string Text, Func<int?[], bool?> Holds) DrawComparison(Random random)
    {
        var column = random.Next(3);
        var name = new[] { "statecode", "revenue", "weight" }[column];
        var comparison = random.Next(6);
        if (random.Next(5) == 0)
        {
            return comparison < 2
                ? ($"{name} {s_operators[comparison]} null", row => row[column] is null == (comparison == 0))
                : ($"{name} {s_operators[comparison]} null", _ => null);
        }

        var number = random.Next(3);
        return ($"{name} {s_operators[comparison]} {number}", row => row[column] is not { } value ? null
            : comparison switch
            {
                0 => value == number,
                1 => value != number,
                2 => value > number,
                3 => value >= number,
                4 => value < number,
                _ => value <= number,
            });
    }

    private static int? Value(Random random) => random.Next(4) is var value && value == 3 ? null : value;

    private static ColumnValues Encode(int?[] row, int told)
    {
        var builder = new ColumnValuesBuilder();
        for (var column = 0; column < row.Length; column++)
        {
            if ((told >> column & 1) == 0)
            {
                continue;
            }

            switch (row[column])
            {
                case null: builder.AddNull(2 + column); break;
                case { } value when column == 0: builder.Add(2, (long)value); break;
                case { } value when column == 1: builder.Add(3, (decimal)value); break;
                case { } value: builder.Add(4, (double)value); break;
            }
        }

        return builder.Build(FilterTable.Definition.Layout);
    }
}
