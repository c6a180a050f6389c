namespace DataExport.Tests;

/// <summary>The folder <c>shared/samples</c>. It lies beside the tree, not in it, and is read in place.</summary>
internal static class SampleFolder
{
    /// <summary>A folder in it; <see langword="null"/> where it is absent.</summary>
    public static string? Find(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "samples", path);
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>Why a test over a folder is skipped; <see langword="null"/> where the folder is there.</summary>
    public static string? WhyMissed(string path) =>
        Find(path) is null ? $"The folder shared/samples/{path} is not there." : null;
}

/// <summary>A test over a folder of the samples, skipped by name where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SampleFactAttribute : FactAttribute
{
    public SampleFactAttribute(string path) => Skip = SampleFolder.WhyMissed(path);
}
