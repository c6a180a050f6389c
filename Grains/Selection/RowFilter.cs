using System.Collections.Immutable;

namespace DataExport.Grains.Selection;

/// <summary>Where a record stands to its table's filter.</summary>
public enum FilterOutcome
{
    /// <summary>It is exported.</summary>
    Inside,

    /// <summary>It is not exported.</summary>
    Outside,

    /// <summary>What is known of it does not tell.</summary>
    NotTold,
}

/// <summary>The filter of one table, ready to be evaluated. Immutable, for any number of threads.</summary>
public sealed class RowFilter
{
    private readonly RowCondition _condition;

    private RowFilter(RowCondition condition, ImmutableArray<int> ordinals) =>
        (_condition, Ordinals) = (condition, ordinals);

    /// <summary>The columns that it looks at, by rising ordinal.</summary>
    public ImmutableArray<int> Ordinals { get; }

    /// <summary>Makes a filter for a table.</summary>
    /// <exception cref="FilterSyntaxException">The text cannot be read or does not fit the table.</exception>
    internal static RowFilter Of(string text, TableDefinition table)
    {
        var binder = new FilterBinder(table);
        var condition = binder.Bind(FilterParser.Parse(text));
        return new RowFilter(condition, [.. binder.Ordinals]);
    }

    /// <summary>
    /// Those of the values that the filter looks at: what is hidden afterwards must not be lost to it.
    /// </summary>
    public ColumnValues ColumnsOf(ColumnValuesBuilder values, long layout)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.BuildOf(Ordinals.AsSpan(), layout);
    }

    /// <summary>Whether a record is exported.</summary>
    public FilterOutcome Evaluate(in FilterRow row) => _condition.Evaluate(row) switch
    {
        Truths.True => FilterOutcome.Inside,
        var truths when TruthLogic.Has(truths, Truths.True) => FilterOutcome.NotTold,
        _ => FilterOutcome.Outside,
    };
}
