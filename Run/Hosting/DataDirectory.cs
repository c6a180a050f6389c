using System.Globalization;

namespace DataExport.Run.Hosting;

/// <summary>The directory of one run: the target's file, the silo's state, its log.</summary>
internal sealed class DataDirectory
{
    private readonly bool _isTemporary;

    private DataDirectory(string path, bool isTemporary) => (Path, _isTemporary) = (path, isTemporary);

    /// <summary>Absolute.</summary>
    public string Path { get; }

    /// <summary>The target's database.</summary>
    public string DatabaseFile => System.IO.Path.Combine(Path, "export.db");

    /// <summary>The silo's directory.</summary>
    public string SiloDirectory => System.IO.Path.Combine(Path, "silo");

    /// <summary>Takes a directory that was asked for. It must be empty: a Sandbox begins anew with every run.</summary>
    /// <exception cref="RunException">It holds something.</exception>
    public static DataDirectory Use(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (Directory.Exists(full) && Directory.EnumerateFileSystemEntries(full).Any())
        {
            throw new RunException($"{full} is not empty. Name a directory that is empty or does not exist.");
        }

        _ = Directory.CreateDirectory(full);
        return new DataDirectory(full, isTemporary: false);
    }

    /// <summary>Makes one below <c>./data</c>, named for the time; it stays.</summary>
    public static DataDirectory CreateKept(TimeProvider clock)
    {
        var name = clock.GetLocalNow().ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture);
        return Use(System.IO.Path.Combine("data", name));
    }

    /// <summary>Makes one that is deleted at the end, unless what is in it is a finding.</summary>
    public static DataDirectory CreateTemporary() =>
        new(Directory.CreateTempSubdirectory("dataexport-").FullName, isTemporary: true);

    /// <summary>Deletes a temporary directory. Others stay. Returns whether it is gone.</summary>
    public bool DeleteIfTemporary()
    {
        if (_isTemporary)
        {
            Directory.Delete(Path, recursive: true);
        }

        return _isTemporary;
    }
}
