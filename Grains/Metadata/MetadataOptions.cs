using System.ComponentModel.DataAnnotations;

namespace DataExport.Grains.Metadata;

/// <summary>How the environment's metadata is watched, section <c>DataExport:Metadata</c>.</summary>
public sealed class MetadataOptions
{
    /// <summary>
    /// Time between two looks at the number that grows with every change. A look is one small request. Default 30
    /// seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "01:00:00")]
    public TimeSpan LookInterval { get; set; } = TimeSpan.FromSeconds(30);
}
