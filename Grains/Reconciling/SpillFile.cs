namespace DataExport.Grains.Reconciling;

/// <summary>Files for what a reconcile cannot hold in memory.</summary>
internal static class SpillFile
{
    /// <summary>
    /// Makes a file and takes its name away at once: whatever ends the process, the file goes with it.
    /// </summary>
    public static FileStream Create(string directory, int bufferBytes)
    {
        var path = Path.Combine(directory, Path.GetRandomFileName());
        var file = new FileStream(
            path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferBytes);
        try
        {
            File.Delete(path);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
