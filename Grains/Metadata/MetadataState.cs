namespace DataExport.Grains.Metadata;

/// <summary>What the metadata grain stores.</summary>
[GenerateSerializer, Alias("DataExport.MetadataState")]
public sealed class MetadataState
{
    /// <summary>The environment's number when the tables were last compared.</summary>
    [Id(0)]
    public string? Version { get; set; }

    /// <summary>The activation of the profile that this was in, UTC.</summary>
    [Id(1)]
    public DateTime? ActivationTime { get; set; }

    /// <summary>What of it the profile cannot follow.</summary>
    [Id(2)]
    public string? Message { get; set; }
}
