namespace DataExport.Architecture.Tests;

/// <summary>The checked-out tree.</summary>
internal static class Tree
{
    private static readonly string[] _skipped = ["bin", "obj", "artifacts", "data", ".git", "node_modules"];

    /// <summary>
    /// All files below <paramref name="folder"/>, without what builds and runs leave there; relative paths.
    /// </summary>
    public static IEnumerable<string> Files(string folder = "")
    {
        var directory = new DirectoryInfo(Path.Combine(Repository.Root, folder));
        foreach (var file in directory.EnumerateFiles())
        {
            yield return Path.GetRelativePath(Repository.Root, file.FullName);
        }

        foreach (var child in directory.EnumerateDirectories())
        {
            if (!_skipped.Contains(child.Name) && child.LinkTarget is null)
            {
                foreach (var file in Files(Path.GetRelativePath(Repository.Root, child.FullName)))
                {
                    yield return file;
                }
            }
        }
    }

    /// <summary>The C# files of everything but the tests.</summary>
    public static IEnumerable<string> ProductSources() =>
        Sources().Where(file => !file.StartsWith("tests", StringComparison.Ordinal));

    /// <summary>The C# files, those of the tests included.</summary>
    public static IEnumerable<string> Sources() =>
        Files().Where(file => file.EndsWith(".cs", StringComparison.Ordinal));

    public static string[] Lines(string file) => File.ReadAllLines(Repository.File(file));

    public static string Text(string file) => File.ReadAllText(Repository.File(file));
}
