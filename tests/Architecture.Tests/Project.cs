using System.Xml.Linq;

namespace DataExport.Architecture.Tests;

/// <summary>What a project file says about its arrows.</summary>
internal sealed record Project(string Name, string Folder, XDocument File)
{
    /// <summary>All projects but the tests.</summary>
    public static IReadOnlyList<Project> Products { get; } =
    [
        .. Tree.Files()
            .Where(file => file.EndsWith(".csproj", StringComparison.Ordinal))
            .Where(file => !file.StartsWith("tests", StringComparison.Ordinal))
            .Select(file => new Project(
                Path.GetFileNameWithoutExtension(file),
                Path.GetDirectoryName(file)!,
                XDocument.Parse(Tree.Text(file)))),
    ];

    /// <summary>Names of the projects that it references.</summary>
    public IReadOnlyList<string> References =>
    [
        .. Includes("ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'))),
    ];

    /// <summary>Names of the packages that it references itself.</summary>
    public IReadOnlyList<string> Packages => Includes("PackageReference");

    /// <summary>Whether it names Orleans types.</summary>
    public bool UsesGrains => File.Descendants("UsesGrains").Any(element => element.Value == "true");

    public static Project Named(string name) => Products.Single(project => project.Name == name);

    public override string ToString() => Name;

    private List<string> Includes(string element) =>
        [.. File.Descendants(element).Select(item => (string?)item.Attribute("Include")).OfType<string>()];
}
