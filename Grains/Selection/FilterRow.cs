namespace DataExport.Grains.Selection;

/// <summary>
/// What is known of a record when its filter is evaluated: values in a builder or a buffer, and others beneath them for
/// the columns that those lack.
/// </summary>
/// <param name="builder">Values that are being gathered.</param>
/// <param name="values">Values that stand in a buffer.</param>
/// <param name="beneath">Values of columns that the others lack.</param>
/// <param name="areAllTold">Whether a column that is nowhere is empty; else it is unknown.</param>
public readonly struct FilterRow(
    ColumnValuesBuilder? builder, ColumnValues? values, ColumnValues? beneath, bool areAllTold)
{
    /// <summary>A whole record whose values are being gathered.</summary>
    public static FilterRow Whole(ColumnValuesBuilder builder) => new(builder, null, null, areAllTold: true);

    /// <summary>A whole record: what it lacks is empty.</summary>
    public static FilterRow Whole(ColumnValues values) => new(null, values, null, areAllTold: true);

    /// <summary>Some columns of a record.</summary>
    public static FilterRow Part(ColumnValues? sent) => new(null, sent, null, areAllTold: false);

    /// <summary>An image of the record, which leaves out what is empty, over what was sent.</summary>
    public static FilterRow Image(ColumnValues image, ColumnValues? sent) =>
        new(null, image, sent, areAllTold: true);

    /// <summary>Finds a column's value; with none, whether it is known to be empty.</summary>
    internal Known Find(int ordinal, out ColumnValue value)
    {
        value = default;
        var isThere = (builder is not null && builder.TryGet(ordinal, out value))
            || (values is not null && values.TryGet(ordinal, out value))
            || (beneath is not null && beneath.TryGet(ordinal, out value));
        return isThere
            ? value.IsNull ? Known.Empty : Known.Value
            : areAllTold ? Known.Empty : Known.Nothing;
    }
}

/// <summary>What is known of a column.</summary>
internal enum Known
{
    /// <summary>Nothing: it was not told.</summary>
    Nothing,

    /// <summary>That it is empty.</summary>
    Empty,

    /// <summary>Its value.</summary>
    Value,
}
