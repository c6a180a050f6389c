namespace DataExport.Sandbox;

/// <summary>Names that files do not tell.</summary>
internal static class ImportedNames
{
    private static readonly string[] Hissing = ["s", "x", "z", "ch", "sh"];

    /// <summary>The plural of a table's name, by the rules that Dataverse makes entity sets' names by.</summary>
    public static string EntitySetOf(string table)
    {
        if (Array.Exists(Hissing, end => table.EndsWith(end, StringComparison.Ordinal)))
        {
            return table + "es";
        }

        var endsWithY = table.Length > 1 && table[^1] == 'y' && !"aeiou".Contains(table[^2], StringComparison.Ordinal);
        return endsWithY ? table[..^1] + "ies" : table + "s";
    }
}
