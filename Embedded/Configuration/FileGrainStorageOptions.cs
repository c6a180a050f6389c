namespace Orleans.Configuration;

/// <summary>Options of a file storage provider, which keeps one JSON file a state.</summary>
public sealed class FileGrainStorageOptions
{
    /// <summary>Created on the first write.</summary>
    public string Directory { get; set; } = "";
}
