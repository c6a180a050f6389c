namespace DataExport.Sandbox;

/// <summary>Reads filters of the form <c>LogicalName eq 'a' or LogicalName eq 'b'</c>.</summary>
internal static class TableFilter
{
    private const string Comparison = "LogicalName eq ";

    /// <exception cref="ApiException">It is another filter.</exception>
    public static HashSet<string> Parse(string filter)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in filter.Split(" or ", StringSplitOptions.TrimEntries))
        {
            var comparison = part.Trim('(', ')', ' ');
            if (!comparison.StartsWith(Comparison, StringComparison.Ordinal))
            {
                throw ApiException.BadRequest($"The sandbox filters tables by {Comparison}… only.");
            }

            _ = names.Add(comparison[Comparison.Length..].Trim('\''));
        }

        return names;
    }
}
