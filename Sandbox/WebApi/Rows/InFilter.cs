namespace DataExport.Sandbox;

/// <summary>
/// The one filter that is served: <c>Microsoft.Dynamics.CRM.In</c> on the primary id, on any other id, or on a lookup.
/// </summary>
/// <param name="Column">The column.</param>
/// <param name="Values">The ids, each once.</param>
internal sealed record InFilter(SandboxColumn Column, IReadOnlyList<Guid> Values)
{
    private const string Function = "Microsoft.Dynamics.CRM.In(";
    private const string PropertyName = "PropertyName=";
    private const string PropertyValues = "PropertyValues=";

    /// <exception cref="ApiException">It is another filter, another column, or holds no ids.</exception>
    public static InFilter Parse(SandboxTable table, string filter)
    {
        var name = filter.IndexOf(PropertyName, StringComparison.Ordinal);
        var values = filter.IndexOf(PropertyValues, StringComparison.Ordinal);
        if (!filter.StartsWith(Function, StringComparison.Ordinal) || name < 0 || values < name)
        {
            throw ApiException.BadRequest($"The sandbox filters by {Function}…) only.");
        }

        var column = Find(table, filter[(name + PropertyName.Length)..values].Trim(' ', ',', '\'', '"'));
        var list = filter.AsSpan(values + PropertyValues.Length).Trim(" )[]");
        var ids = new List<Guid>();
        foreach (var range in list.Split(','))
        {
            var text = list[range].Trim(" '\"");
            ids.Add(Guid.TryParse(text, out var id)
                ? id
                : throw ApiException.BadRequest($"Cannot convert the literal '{text}' to 'Edm.Guid'."));
        }

        return new InFilter(column, [.. ids.Distinct()]);
    }

    private static SandboxColumn Find(SandboxTable table, string name)
    {
        var isReference = name.StartsWith('_') && name.EndsWith("_value", StringComparison.Ordinal);
        var column = table.Column(isReference ? name[1..^"_value".Length] : name);
        return column is { IsPaged: true } && (column.IsReference || column.Type is SandboxColumnType.UniqueIdentifier)
            ? column
            : throw ApiException.BadRequest(
                $"The sandbox filters {table.Name} by ids and lookups only, not by {name}.");
    }
}
