namespace DataExport.Sandbox.Tests;

/// <summary>Small files that a test writes and imports.</summary>
internal sealed class SampleFiles : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("dataexport-test-");

    /// <summary>The directory of the files that were written.</summary>
    public string Path => _directory.FullName;

    public void Write(string name, string text) => File.WriteAllText(System.IO.Path.Combine(Path, name), text);

    public void Dispose() => _directory.Delete(recursive: true);
}
