using DataExport.Sandbox;

namespace DataExport.Run.Hosting;

/// <summary>Where the tables of a Sandbox come from: from files, or they are the built-in ones.</summary>
/// <param name="Data">Directory of a Configuration Migration set; null for none.</param>
/// <param name="Metadata">Directory of EntityMetadata exports; null for none.</param>
internal sealed record SandboxSource(string? Data = null, string? Metadata = null)
{
    /// <summary>Reads the files.</summary>
    /// <returns>Null for the built-in tables.</returns>
    /// <exception cref="ImportException">A file is missing or wrong.</exception>
    public SandboxModel? Read(int seed) =>
        Data is not null ? SandboxModel.FromData(Data, seed)
        : Metadata is not null ? SandboxModel.FromMetadata(Metadata, seed)
        : null;
}
