using System.Text.RegularExpressions;

namespace DataExport.Architecture.Tests;

/// <summary>What every source file keeps to.</summary>
public sealed partial class SourceTests
{
    private const int FileLinesMax = 300;
    private const int LineLengthMax = 120;

    /// <summary>The two places that differ between the builds: what hosts the grains, and what tests them.</summary>
    private static readonly string[] _buildDifferences =
    [
        Path.Combine("Silo", "Hosting", "GrainRuntime.cs"),
        Path.Combine("tests", "Embedded.Tests", "GrainCluster.cs"),
    ];

    private static readonly string[] _textFiles =
    [
        ".cs", ".csproj", ".props", ".targets", ".md", ".sh", ".json", ".sql", ".yml", ".yaml", ".txt", ".sln", ".py",
        "",
    ];

    [Fact]
    public void SourceFile_Length_IsAtMost300Lines() => Tree.Sources()
        .Where(file => Tree.Lines(file).Length > FileLinesMax)
        .ShouldBeEmpty($"a file has one idea and at most {FileLinesMax} lines");

    [Fact]
    public void SourceFile_Lines_FitIn120Characters() =>
        Places(line => line.Length > LineLengthMax, Tree.Sources()).ShouldBeEmpty("two files fit beside each other");

    [Fact]
    public void SourceFile_ConditionalCompilation_IsWhereTheBuildsDiffer() =>
        Places(line => line.TrimStart().StartsWith("#if", StringComparison.Ordinal), Tree.Sources())
            .Select(place => place[..place.IndexOf(':', StringComparison.Ordinal)])
            .Distinct()
            .ShouldBe(_buildDifferences, ignoreOrder: true);

    [Fact]
    public void ProductFile_Suppressions_StandInEditorConfigWithAReason() =>
        Places(line => line.TrimStart().StartsWith("#pragma", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void ProductFile_Regions_AreNotUsed() =>
        Places(line => line.TrimStart().StartsWith("#region", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void ProductFile_OpenEnds_NameTheirIssue() => Places(line => OpenEnd().IsMatch(line)).ShouldBeEmpty();

    [Fact]
    public void TextFile_Paths_AreNoMachines()
    {
        var places =
            from file in Tree.Files()
            where _textFiles.Contains(Path.GetExtension(file))
            from place in Tree.Lines(file).Select((line, index) => (line, number: index + 1))
            where MachinePath().IsMatch(place.line)
            select $"{file}:{place.number}";

        places.ShouldBeEmpty("what only one machine has means nothing to the next reader");
    }

    private static IEnumerable<string> Places(Func<string, bool> isFault) => Places(isFault, Tree.ProductSources());

    private static IEnumerable<string> Places(Func<string, bool> isFault, IEnumerable<string> files) =>
        from file in files
        from place in Tree.Lines(file).Select((line, index) => (line, number: index + 1))
        where isFault(place.line)
        select $"{file}:{place.number}";

    // Written with classes of one letter, or this file would find itself.
    [GeneratedRegex(@"(^|[\s""'(=:])/([w]ork|[h]ome|[r]oot|[U]sers)/[\w.-]+|[C]:\\+[U]sers")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"//.*\b(TODO|FIXME|HACK)\b(?!.*#\d)")]
    private static partial Regex OpenEnd();
}
