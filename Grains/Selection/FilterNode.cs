using System.Collections.Immutable;

namespace DataExport.Grains.Selection;

/// <summary>How two values are compared.</summary>
internal enum FilterOperator
{
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

/// <summary>What a function looks for in a text.</summary>
internal enum TextMatch
{
    Contains,
    StartsWith,
    EndsWith,
}

/// <summary>A part of a filter as it is written: nothing is known of the table yet.</summary>
internal abstract record FilterNode;

/// <summary>All of them, or any of them.</summary>
internal sealed record JoinedNode(bool IsAnd, ImmutableArray<FilterNode> Nodes) : FilterNode;

/// <summary>Not so.</summary>
internal sealed record NotNode(FilterNode Node) : FilterNode;

/// <summary>A part that looks at one column.</summary>
/// <param name="Column">The name as it is written.</param>
/// <param name="Position">Where that stands, from 1.</param>
internal abstract record ColumnNode(string Column, int Position) : FilterNode;

/// <summary>A comparison.</summary>
internal sealed record CompareNode(string Column, int Position, FilterOperator Operator, FilterLiteral Literal)
    : ColumnNode(Column, Position);

/// <summary>One of several values.</summary>
internal sealed record InNode(string Column, int Position, ImmutableArray<FilterLiteral> Literals)
    : ColumnNode(Column, Position);

/// <summary>A text within a text.</summary>
internal sealed record TextNode(string Column, int Position, TextMatch Match, FilterLiteral Literal)
    : ColumnNode(Column, Position);

/// <summary>Whether any of several options is chosen.</summary>
internal sealed record OptionsNode(string Column, int Position, ImmutableArray<FilterLiteral> Literals)
    : ColumnNode(Column, Position);
