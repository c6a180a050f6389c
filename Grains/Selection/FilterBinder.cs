using System.Collections.Immutable;

namespace DataExport.Grains.Selection;

/// <summary>Makes of a filter's text the conditions for one table. What does not fit its columns is named.</summary>
internal sealed class FilterBinder(TableDefinition table)
{
    private readonly SortedSet<int> _ordinals = [];

    /// <summary>The columns that the filter looks at.</summary>
    public IReadOnlyCollection<int> Ordinals => _ordinals;

    /// <exception cref="FilterSyntaxException">A column does not exist, or a value is not of its type.</exception>
    public RowCondition Bind(FilterNode node) => node switch
    {
        JoinedNode joined => new JoinedCondition(joined.IsAnd, [.. joined.Nodes.Select(Bind)]),
        NotNode not => new NotCondition(Bind(not.Node)),
        CompareNode compare => BindComparison(compare),
        InNode list => new JoinedCondition(
            isAnd: false,
            [.. list.Literals.Select(literal => BindComparison(
                new CompareNode(list.Column, list.Position, FilterOperator.Equal, Plain(list, literal))))]),
        TextNode text => BindText(text),
        OptionsNode options => BindOptions(options),
        _ => throw new ArgumentOutOfRangeException(nameof(node), node, "This part of a filter has no condition."),
    };

    private RowCondition BindComparison(CompareNode node)
    {
        var (ordinal, column) = Find(node);
        if (node.Literal.Kind is FilterLiteralKind.Null)
        {
            return node.Operator is FilterOperator.Equal or FilterOperator.NotEqual
                ? new EmptyCondition(ordinal, node.Operator is FilterOperator.Equal)
                : new UnknownCondition();
        }

        switch (column.Type)
        {
            case ColumnType.Text or ColumnType.Memo or ColumnType.EntityName:
                return new TextCondition(ordinal, node.Operator, Demand(node, FilterLiteralKind.Text).Text);
            case ColumnType.Integer or ColumnType.BigInt
                or ColumnType.Choice or ColumnType.State or ColumnType.Status
                or ColumnType.Decimal or ColumnType.Double or ColumnType.Money:
                return new NumberCondition(ordinal, node.Operator, Demand(node, FilterLiteralKind.Number).Number);
            case ColumnType.Boolean:
                DemandEquality(node);
                return new NumberCondition(ordinal, node.Operator, Demand(node, FilterLiteralKind.Boolean).Number);
            case ColumnType.DateTime when node.Literal.Kind is FilterLiteralKind.Instant:
                return new InstantCondition(ordinal, node.Operator, node.Literal.Instant);
            case ColumnType.DateTime or ColumnType.DateOnly:
                return new InstantCondition(ordinal, node.Operator, Demand(node, FilterLiteralKind.Date).Instant);
            case ColumnType.Lookup or ColumnType.UniqueIdentifier:
                DemandEquality(node);
                var isOne = new IdCondition(ordinal, [Demand(node, FilterLiteralKind.Guid).Guid]);
                return node.Operator is FilterOperator.Equal ? isOne : new NotCondition(isOne);
            default:
                throw new FilterSyntaxException(
                    node.Position, $"'{node.Column}' can only be compared with null; use ContainValues");
        }
    }

    private TextMatchCondition BindText(TextNode node)
    {
        var (ordinal, column) = Find(node);
        return column.Type is ColumnType.Text or ColumnType.Memo or ColumnType.EntityName
            ? new TextMatchCondition(ordinal, node.Match, node.Literal.Text)
            : throw new FilterSyntaxException(node.Position, $"'{node.Column}' holds no text");
    }

    private OptionsCondition BindOptions(OptionsNode node)
    {
        var (ordinal, column) = Find(node);
        if (column.Type is not ColumnType.MultiSelect)
        {
            throw new FilterSyntaxException(node.Position, $"'{node.Column}' holds no set of options");
        }

        return new OptionsCondition(ordinal, [.. node.Literals.Select(OptionOf)]);
    }

    private (int Ordinal, ColumnDefinition Column) Find(ColumnNode node)
    {
        var ordinal = table.OrdinalOf(node.Column);
        if (ordinal < 0 && node.Column is ['_', .. var inner] && inner.EndsWith("_value", StringComparison.Ordinal))
        {
            ordinal = table.OrdinalOf(inner[..^6]);
            ordinal = ordinal >= 0 && table.Columns[ordinal].Type is ColumnType.Lookup ? ordinal : -1;
        }

        if (ordinal < 0)
        {
            throw new FilterSyntaxException(
                node.Position, $"the table has no column '{node.Column}'; logical names are in lower case");
        }

        var column = table.Columns[ordinal];
        if (column.Type is ColumnType.PartyList || column.Name == "versionnumber")
        {
            throw new FilterSyntaxException(
                node.Position, $"'{node.Column}' comes with no message, so rows cannot be chosen by it");
        }

        _ = _ordinals.Add(ordinal);
        return (ordinal, column);
    }

    /// <summary><c>Microsoft.Dynamics.CRM.In</c> has all values in quotes, whatever the column holds.</summary>
    private FilterLiteral Plain(InNode node, in FilterLiteral literal)
    {
        var type = Find(node).Column.Type;
        if (literal.Kind is not FilterLiteralKind.Text
            || type is ColumnType.Text or ColumnType.Memo or ColumnType.EntityName)
        {
            return literal;
        }

        var token = Scan(literal.Text);
        return token.Kind is FilterTokenKind.Literal ? token.Literal with { Position = literal.Position } : literal;
    }

    private static FilterToken Scan(string text)
    {
        try
        {
            return new FilterScanner(text).Read();
        }
        catch (FilterSyntaxException)
        {
            // What is no value stays a text, and is refused as what the column cannot hold.
            return default;
        }
    }

    private static int OptionOf(FilterLiteral literal)
    {
        var number = literal.Kind is FilterLiteralKind.Text ? Scan(literal.Text).Literal : literal;
        return number.Kind is FilterLiteralKind.Number && number.Number is >= int.MinValue and <= int.MaxValue
            && decimal.IsInteger(number.Number)
            ? (int)number.Number
            : throw new FilterSyntaxException(literal.Position, "an option is a whole number");
    }

    private static void DemandEquality(CompareNode node)
    {
        if (node.Operator is not (FilterOperator.Equal or FilterOperator.NotEqual))
        {
            throw new FilterSyntaxException(node.Position, $"'{node.Column}' can only be compared by eq, ne and in");
        }
    }

    private static FilterLiteral Demand(CompareNode node, FilterLiteralKind kind) => node.Literal.Kind == kind
        ? node.Literal
        : throw new FilterSyntaxException(
            node.Literal.Position, $"'{node.Column}' is compared with {NameOf(kind)}, and this is none");

    private static string NameOf(FilterLiteralKind kind) => kind switch
    {
        FilterLiteralKind.Text => "a text in single quotes",
        FilterLiteralKind.Number => "a number",
        FilterLiteralKind.Boolean => "true or false",
        FilterLiteralKind.Guid => "an id such as 00000000-0000-0000-0000-000000000001",
        _ => "a day such as 2024-03-01 or, where the column holds a time, an instant such as 2024-03-01T10:00:00Z",
    };
}
