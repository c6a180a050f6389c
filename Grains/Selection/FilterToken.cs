namespace DataExport.Grains.Selection;

/// <summary>What a piece of a filter's text is.</summary>
internal enum FilterTokenKind
{
    /// <summary>Behind the last character.</summary>
    End,

    /// <summary>A name: of a column, an operator, a function.</summary>
    Word,

    /// <summary>A value.</summary>
    Literal,

    /// <summary>One of <c>( ) [ ] , =</c>.</summary>
    Symbol,
}

/// <summary>A piece of a filter's text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Of a word or symbol, as it is written.</param>
/// <param name="Literal">Of a literal, its value.</param>
/// <param name="Position">Where it begins, from 1.</param>
internal readonly record struct FilterToken(
    FilterTokenKind Kind, string Text, FilterLiteral Literal, int Position)
{
    public bool IsSymbol(char symbol) => Kind is FilterTokenKind.Symbol && Text[0] == symbol;

    public bool IsWord(string word) => Kind is FilterTokenKind.Word && Text == word;

    /// <summary>The piece as an error names it. A text is not repeated: it may be somebody's name.</summary>
    public override string ToString() => Kind switch
    {
        FilterTokenKind.End => "the end",
        FilterTokenKind.Literal => $"a {Literal.Kind.ToString().ToLowerInvariant()}",
        _ => $"'{Text}'",
    };
}
