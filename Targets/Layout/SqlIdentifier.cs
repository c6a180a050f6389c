using DataExport.Grains.Ports;

namespace DataExport.Targets.Layout;

/// <summary>
/// A name of a table, column, index or constraint. The only way of a name into a statement: its text is quoted, so that
/// a name that looks like SQL stays a name.
/// </summary>
internal readonly record struct SqlIdentifier
{
    /// <summary>What SQL Server takes, so that a schema can move there.</summary>
    private const int LettersMax = 128;

    private SqlIdentifier(string name) => Name = name;

    /// <summary>The name without quotes.</summary>
    public string Name { get; }

    /// <exception cref="TargetRefusedException">The name is empty, too long, or holds what no name should.</exception>
    public static SqlIdentifier Of(string name)
    {
        if (FaultOf(name) is { } fault)
        {
            throw Refusal(name, fault);
        }

        return new SqlIdentifier(name);
    }

    /// <summary>What to throw when an engine keeps no such name.</summary>
    public static TargetRefusedException Refusal(string name, string fault) =>
        new($"The name '{Shown(name)}' cannot be used in the target: {fault}");

    /// <summary>The name as a statement holds it.</summary>
    public override string ToString() => $"\"{Name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string? FaultOf(string name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return "it is empty.";
        }

        if (name.Length > LettersMax)
        {
            return $"it has more than {LettersMax} letters.";
        }

        for (var index = 0; index < name.Length; index++)
        {
            if (char.IsControl(name[index]))
            {
                return "it holds a control character.";
            }

            if (char.IsSurrogatePair(name, index))
            {
                index++;
            }
            else if (char.IsSurrogate(name[index]))
            {
                return "it holds half a character.";
            }
        }

        return null;
    }

    /// <summary>The name in a message: without what could break a log line, and not longer than a line.</summary>
    private static string Shown(string name) => string.Concat(name
        .Take(LettersMax)
        .Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? '\uFFFD' : letter));
}
