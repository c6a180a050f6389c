namespace DataExport.Sandbox;

/// <summary>Reads the one filter that is served: <c>Microsoft.Dynamics.CRM.In</c> on the primary id.</summary>
internal static class InFilter
{
    private const string Function = "Microsoft.Dynamics.CRM.In(";
    private const string Name = "PropertyName=";
    private const string Values = "PropertyValues=";

    /// <returns>The ids, each once.</returns>
    /// <exception cref="ApiException">It is another filter, another column, or holds no ids.</exception>
    public static List<Guid> Parse(SandboxTable table, string filter)
    {
        var name = filter.IndexOf(Name, StringComparison.Ordinal);
        var values = filter.IndexOf(Values, StringComparison.Ordinal);
        if (!filter.StartsWith(Function, StringComparison.Ordinal) || name < 0 || values < name)
        {
            throw ApiException.BadRequest($"The sandbox filters by {Function}…) only.");
        }

        var column = filter[(name + Name.Length)..values].Trim(' ', ',', '\'', '"');
        if (column != table.PrimaryId.Name)
        {
            throw ApiException.BadRequest($"The sandbox filters {table.Name} by {table.PrimaryId.Name} only.");
        }

        var list = filter.AsSpan(values + Values.Length).Trim(" )[]");
        var ids = new List<Guid>();
        foreach (var range in list.Split(','))
        {
            var text = list[range].Trim(" '\"");
            ids.Add(Guid.TryParse(text, out var id)
                ? id
                : throw ApiException.BadRequest($"Cannot convert the literal '{text}' to 'Edm.Guid'."));
        }

        return [.. ids.Distinct()];
    }
}
