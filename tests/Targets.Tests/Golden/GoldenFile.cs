using System.Text;
using DataExport.Tests;

namespace DataExport.Targets.Tests.Golden;

/// <summary>
/// Statements that were looked at once. Set <c>DATAEXPORT_GOLDEN=write</c> to write them anew, and look at the
/// difference.
/// </summary>
internal static class GoldenFile
{
    private const int LineLettersMax = 118;

    public static void Demand(string engine, string name, IEnumerable<(string Title, string Statement)> statements)
    {
        var text = new StringBuilder();
        foreach (var (title, statement) in statements)
        {
            _ = text.Append("-- ").Append(title).Append('\n').Append(Wrapped(statement)).Append(";\n\n");
        }

        var file = Repository.File("tests", "Targets.Tests", "Golden", engine, $"{name}.sql");
        var actual = text.ToString().TrimEnd('\n') + "\n";
        if (Environment.GetEnvironmentVariable("DATAEXPORT_GOLDEN") == "write")
        {
            _ = Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
        }

        actual.ShouldBe(File.ReadAllText(file).ReplaceLineEndings("\n"));
    }

    /// <summary>Breaks long lines behind a comma, so that a column that changes is one line that changes.</summary>
    private static string Wrapped(string statement)
    {
        var lines = new StringBuilder();
        foreach (var line in statement.ReplaceLineEndings("\n").TrimEnd(';', '\n', ' ').Split('\n'))
        {
            var shown = line.Length <= LineLettersMax
                ? line
                : line.Replace(", ", ",\n    ", StringComparison.Ordinal)
                    .Replace(" FROM ", "\nFROM ", StringComparison.Ordinal);
            _ = lines.Append(shown).Append('\n');
        }

        return lines.ToString().TrimEnd('\n');
    }
}
