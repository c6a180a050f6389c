namespace DataExport.Tests;

/// <summary>The checked-out tree that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>Where <c>DataExport.sln</c> is.</summary>
    public static string Root { get; } = FindRoot();

    public static string File(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!System.IO.File.Exists(Path.Combine(directory.FullName, "DataExport.sln")))
        {
            directory = directory.Parent
                ?? throw new InvalidOperationException("DataExport.sln is in no directory above the tests.");
        }

        return directory.FullName;
    }
}
