using System.Globalization;

namespace DataExport.Sandbox;

/// <summary>
/// Reads a <c>$filter</c> over a registration table: comparisons, <c>startswith</c>, <c>and</c>, <c>or</c>,
/// parentheses, and columns of what a reference leads to, such as <c>sdkmessageid/name</c>.
/// </summary>
internal sealed class ComponentFilter
{
    private readonly ComponentTable _table;
    private readonly SandboxRegistration _registration;
    private readonly FilterTokens _tokens;

    private ComponentFilter(ComponentTable table, SandboxRegistration registration, string text) =>
        (_table, _registration, _tokens) = (table, registration, new FilterTokens(text));

    /// <exception cref="ApiException">It is none.</exception>
    public static Func<Component, bool> Parse(ComponentTable table, SandboxRegistration registration, string? text)
    {
        if (text is null)
        {
            return static _ => true;
        }

        var parser = new ComponentFilter(table, registration, text);
        var filter = parser.ReadOr();
        return parser._tokens.IsAtEnd ? filter : throw parser._tokens.Fault();
    }

    private Func<Component, bool> ReadOr()
    {
        var left = ReadAnd();
        while (_tokens.TryTake("or"))
        {
            var (one, other) = (left, ReadAnd());
            left = row => one(row) || other(row);
        }

        return left;
    }

    private Func<Component, bool> ReadAnd()
    {
        var left = ReadOne();
        while (_tokens.TryTake("and"))
        {
            var (one, other) = (left, ReadOne());
            left = row => one(row) && other(row);
        }

        return left;
    }

    private Func<Component, bool> ReadOne()
    {
        if (_tokens.TryTake("("))
        {
            var inner = ReadOr();
            _tokens.Require(")");
            return inner;
        }

        if (_tokens.TryTake("startswith"))
        {
            _tokens.Require("(");
            var (value, _) = ReadColumn();
            _tokens.Require(",");
            var prefix = _tokens.TakeText();
            _tokens.Require(")");
            return row => value(row) is string text && text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);
        }

        var (left, type) = ReadColumn();
        var comparison = _tokens.Take();
        var right = ReadLiteral(type);
        return row => Holds(comparison, left(row), right);
    }

    private (Func<Component, object?> Value, ComponentType Type) ReadColumn()
    {
        var path = _tokens.Take().Split('/');
        if (path.Length == 1)
        {
            var column = ColumnOf(_table, path[0]);
            return (row => path[0] == _table.IdColumn ? row.Id : row[path[0]], column.Type);
        }

        var navigation = _table.Navigation(path[0])
            ?? throw NoProperty(_table, path[0]);
        var set = navigation.Navigation!.Value.Set;
        var target = ColumnOf(ComponentTables.Find(set)!, path[1]);
        return (
            row => row.Reference(navigation.Name) is { } id ? _registration.Find(set, id)?[path[1]] : null,
            target.Type);
    }

    private object? ReadLiteral(ComponentType type)
    {
        if (_tokens.IsText)
        {
            return type is ComponentType.Text ? _tokens.TakeText() : throw _tokens.Fault();
        }

        var word = _tokens.Take();
        return word == "null" ? null : type switch
        {
            ComponentType.Number when long.TryParse(word, CultureInfo.InvariantCulture, out var number) => number,
            ComponentType.Flag when bool.TryParse(word, out var flag) => flag,
            ComponentType.Reference when Guid.TryParse(word, out var id) => id,
            ComponentType.Time when DateTime.TryParse(
                word, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time) => time,
            _ => throw _tokens.Fault(),
        };
    }

    private static bool Holds(string comparison, object? left, object? right)
    {
        if (left is null || right is null)
        {
            return comparison == (left is null == right is null ? "eq" : "ne");
        }

        var order = left is string text
            ? string.Compare(text, (string)right, StringComparison.OrdinalIgnoreCase)
            : ((IComparable)left).CompareTo(right);
        return comparison switch
        {
            "eq" => order == 0,
            "ne" => order != 0,
            "gt" => order > 0,
            "ge" => order >= 0,
            "lt" => order < 0,
            "le" => order <= 0,
            _ => throw ApiException.BadRequest($"The sandbox does not know the comparison '{comparison}'."),
        };
    }

    private static ComponentColumn ColumnOf(ComponentTable table, string name) =>
        table.Column(name) is { IsWriteOnly: false } column ? column : throw NoProperty(table, name);

    /// <summary>The error for a property that the table does not have.</summary>
    public static ApiException NoProperty(ComponentTable table, string name) => new(
        400,
        ErrorCodes.UndeclaredProperty,
        $"Could not find a property named '{name}' on type 'Microsoft.Dynamics.CRM.{table.Name}'.");
}
