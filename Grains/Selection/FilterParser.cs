using System.Collections.Immutable;

namespace DataExport.Grains.Selection;

/// <summary>
/// Reads the part of OData's filter language that can be evaluated here. The text is a stranger's: its length and how
/// deep it nests are limited, so that no text exhausts the stack.
/// </summary>
internal sealed class FilterParser
{
    public const int LengthMax = 4_096;
    public const int DepthMax = 32;

    private readonly FilterScanner _scanner;
    private FilterToken _token;
    private int _depth;

    private FilterParser(string text)
    {
        _scanner = new FilterScanner(text);
        _token = _scanner.Read();
    }

    /// <summary>Reads a filter.</summary>
    /// <exception cref="FilterSyntaxException">It cannot be read.</exception>
    public static FilterNode Parse(string text)
    {
        if (text.Length > LengthMax)
        {
            throw new FilterSyntaxException(
                LengthMax + 1, $"the filter has {text.Length} characters, and {LengthMax} is the limit");
        }

        var parser = new FilterParser(text);
        var node = parser.ReadOr();
        return parser._token.Kind is FilterTokenKind.End
            ? node
            : throw parser.Expected("'and', 'or' or the end");
    }

    private FilterNode ReadOr() => ReadJoined("or", isAnd: false, ReadAnd);

    private FilterNode ReadAnd() => ReadJoined("and", isAnd: true, ReadUnary);

    private FilterNode ReadJoined(string word, bool isAnd, Func<FilterNode> read)
    {
        var first = read();
        if (!_token.IsWord(word))
        {
            return first;
        }

        var nodes = ImmutableArray.CreateBuilder<FilterNode>();
        nodes.Add(first);
        while (_token.IsWord(word))
        {
            Step();
            nodes.Add(read());
        }

        return new JoinedNode(isAnd, nodes.ToImmutable());
    }

    private FilterNode ReadUnary()
    {
        if (++_depth > DepthMax)
        {
            throw new FilterSyntaxException(_token.Position, $"the filter nests deeper than {DepthMax}");
        }

        var node = ReadOne();
        _depth--;
        return node;
    }

    private FilterNode ReadOne()
    {
        if (_token.IsWord("not"))
        {
            Step();
            return new NotNode(ReadUnary());
        }

        if (_token.IsSymbol('('))
        {
            Step();
            var inner = ReadOr();
            Demand(')');
            return inner;
        }

        return _token.Kind is FilterTokenKind.Literal ? ReadTurnedComparison() : ReadPredicate();
    }

    private FilterNode ReadPredicate()
    {
        var name = DemandWord("a column, a function, 'not' or '('");
        if (_token.IsSymbol('('))
        {
            return ReadFunction(name);
        }

        if (_token.IsWord("in"))
        {
            Step();
            Demand('(');
            return new InNode(name.Text, name.Position, ReadLiterals(')'));
        }

        var comparison = DemandOperator();
        return new CompareNode(name.Text, name.Position, comparison, DemandLiteral());
    }

    /// <summary>A comparison that begins with the value.</summary>
    private CompareNode ReadTurnedComparison()
    {
        var literal = DemandLiteral();
        var turned = DemandOperator() switch
        {
            FilterOperator.Greater => FilterOperator.Less,
            FilterOperator.GreaterOrEqual => FilterOperator.LessOrEqual,
            FilterOperator.Less => FilterOperator.Greater,
            FilterOperator.LessOrEqual => FilterOperator.GreaterOrEqual,
            var same => same,
        };
        var name = DemandWord("a column");
        return new CompareNode(name.Text, name.Position, turned, literal);
    }

    private FilterNode ReadFunction(in FilterToken name) => name.Text switch
    {
        "contains" => ReadTextFunction(TextMatch.Contains),
        "startswith" => ReadTextFunction(TextMatch.StartsWith),
        "endswith" => ReadTextFunction(TextMatch.EndsWith),
        "Microsoft.Dynamics.CRM.In" =>
            ReadListFunction(static (column, values) => new InNode(column.Text, column.Position, values)),
        "Microsoft.Dynamics.CRM.NotIn" =>
            ReadListFunction(static (column, values) => new NotNode(new InNode(column.Text, column.Position, values))),
        "Microsoft.Dynamics.CRM.ContainValues" =>
            ReadListFunction(static (column, values) => new OptionsNode(column.Text, column.Position, values)),
        "Microsoft.Dynamics.CRM.DoesNotContainValues" => ReadListFunction(
            static (column, values) => new NotNode(new OptionsNode(column.Text, column.Position, values))),
        _ => throw new FilterSyntaxException(
            name.Position,
            $"the function '{name.Text}' is not supported; use contains, startswith, endswith, "
            + "Microsoft.Dynamics.CRM.In, NotIn, ContainValues or DoesNotContainValues"),
    };

    private TextNode ReadTextFunction(TextMatch match)
    {
        Step();
        var column = DemandWord("a column");
        Demand(',');
        var literal = DemandLiteral();
        Demand(')');
        return literal.Kind is FilterLiteralKind.Text
            ? new TextNode(column.Text, column.Position, match, literal)
            : throw new FilterSyntaxException(literal.Position, "the second argument must be a text in single quotes");
    }

    /// <summary>A function whose arguments are <c>PropertyName='…',PropertyValues=['…',…]</c>.</summary>
    private FilterNode ReadListFunction(Func<FilterToken, ImmutableArray<FilterLiteral>, FilterNode> make)
    {
        Step();
        DemandArgument("PropertyName");
        var column = _token;
        var name = DemandLiteral();
        if (name.Kind is not FilterLiteralKind.Text)
        {
            throw new FilterSyntaxException(column.Position, "PropertyName must be a text in single quotes");
        }

        Demand(',');
        DemandArgument("PropertyValues");
        Demand('[');
        var values = ReadLiterals(']');
        Demand(')');
        return make(column with { Text = name.Text }, values);
    }

    private ImmutableArray<FilterLiteral> ReadLiterals(char end)
    {
        var literals = ImmutableArray.CreateBuilder<FilterLiteral>();
        literals.Add(DemandLiteral());
        while (_token.IsSymbol(','))
        {
            Step();
            literals.Add(DemandLiteral());
        }

        Demand(end);
        return literals.ToImmutable();
    }

    private FilterOperator DemandOperator()
    {
        FilterOperator? comparison = _token is { Kind: FilterTokenKind.Word, Text: var word }
            ? word switch
            {
                "eq" => FilterOperator.Equal,
                "ne" => FilterOperator.NotEqual,
                "gt" => FilterOperator.Greater,
                "ge" => FilterOperator.GreaterOrEqual,
                "lt" => FilterOperator.Less,
                "le" => FilterOperator.LessOrEqual,
                _ => null,
            }
            : null;
        if (comparison is null)
        {
            throw Expected("one of eq, ne, gt, ge, lt, le, in");
        }

        Step();
        return comparison.Value;
    }

    private FilterLiteral DemandLiteral()
    {
        var literal = _token.Kind is FilterTokenKind.Literal
            ? _token.Literal
            : throw Expected("a value: null, true, false, a number, a text in single quotes, an id or a date");
        Step();
        return literal;
    }

    private FilterToken DemandWord(string expected)
    {
        var word = _token.Kind is FilterTokenKind.Word ? _token : throw Expected(expected);
        Step();
        return word;
    }

    private void DemandArgument(string name)
    {
        if (!_token.IsWord(name))
        {
            throw Expected($"{name}=");
        }

        Step();
        Demand('=');
    }

    private void Demand(char symbol)
    {
        if (!_token.IsSymbol(symbol))
        {
            throw Expected($"'{symbol}'");
        }

        Step();
    }

    private void Step() => _token = _scanner.Read();

    private FilterSyntaxException Expected(string what) =>
        new(_token.Position, $"expected {what}, and found {_token}");
}
