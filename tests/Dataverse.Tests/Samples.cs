
namespace DataExport.Dataverse.Tests;

/// <summary>The folder of real messages. It lies beside the project and is not part of it.</summary>
internal static class Samples
{
    private static readonly string? Folder = Find();

    public static bool Exist => Folder is not null;

    public static byte[] Read(string path) => File.ReadAllBytes(Path.Combine(Folder!, path));

    public static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Folder!, folder), "*.json").Order(StringComparer.Ordinal);

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "samples");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}

/// <summary>A test over the samples, skipped by name where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SampleFactAttribute : FactAttribute
{
    public SampleFactAttribute() => Skip = Samples.Exist ? null : "The folder shared/samples is not there.";
}
