namespace DataExport.Dataverse.Tests;

/// <summary>The folder of real messages. It lies beside the project and is not part of it.</summary>
internal static class Samples
{
    private static readonly string? Folder = SampleFolder.Find("");

    public static bool Exist => Folder is not null;

    public static byte[] Read(string path) => File.ReadAllBytes(Path.Combine(Folder!, path));

    public static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Folder!, folder), "*.json").Order(StringComparer.Ordinal);

    /// <summary>
    /// The messages that are there in several formats, by name: real ones in JSON, the same in XML and binary XML.
    /// </summary>
    public static IEnumerable<IGrouping<string, string>> Formats() => new[]
    {
        "messages", "sdk-derived", Path.Combine("sdk-derived", "constructed-shapes"),
    }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Folder!, folder)))
        .Order(StringComparer.Ordinal)
        .GroupBy(file => Path.GetFileNameWithoutExtension(file));
}
