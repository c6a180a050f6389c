namespace DataExport.Grains.Selection;

/// <summary>What a value in a filter is.</summary>
internal enum FilterLiteralKind
{
    Null,
    Boolean,
    Number,
    Text,
    Guid,
    Date,
    Instant,
}

/// <summary>A value in a filter.</summary>
/// <param name="Kind">Which of the others holds it.</param>
/// <param name="Text">A text without its quotes.</param>
/// <param name="Number">A number; of a Boolean 0 or 1.</param>
/// <param name="Guid">An id.</param>
/// <param name="Instant">An instant in UTC; of a date, its midnight.</param>
/// <param name="Position">Where it stands, from 1.</param>
internal readonly record struct FilterLiteral(
    FilterLiteralKind Kind,
    string Text = "",
    decimal Number = 0,
    Guid Guid = default,
    DateTime Instant = default,
    int Position = 0);
