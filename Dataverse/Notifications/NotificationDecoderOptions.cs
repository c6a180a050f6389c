using System.ComponentModel.DataAnnotations;

namespace DataExport.Dataverse.Notifications;

/// <summary>Limits of decoding, section <c>DataExport:Notifications</c>.</summary>
public sealed class NotificationDecoderOptions
{
    /// <summary>Longest body that is decoded. Dataverse sends at most 192 KB; claim checks may be longer.</summary>
    [Range(1_024, int.MaxValue)]
    public int BodyBytesMax { get; set; } = 10 * 1024 * 1024;

    /// <summary>Deepest nesting of objects and arrays that is decoded.</summary>
    [Range(16, 1_000)]
    public int DepthMax { get; set; } = 64;
}
