namespace DataExport.Sandbox.Tests;

/// <summary>A directory that is gone with its test.</summary>
internal sealed class TestDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("sandbox-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
