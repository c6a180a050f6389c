using System.Text.Json.Serialization;

namespace DataExport;

/// <summary>How a column's values are hidden. Stored and sent: never renumber.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MaskKind>))]
public enum MaskKind
{
    /// <summary>Texts become three asterisks, all other values nothing.</summary>
    Mask = 0,

    /// <summary>
    /// Texts become a fingerprint under the profile's <see cref="ExportProfile.MaskKey"/>: equal ones stay equal.
    /// </summary>
    Hash = 1,
}

/// <summary>A column whose values the target never sees.</summary>
/// <param name="Column">Its logical name.</param>
/// <param name="Kind">What stands in their place.</param>
[GenerateSerializer, Immutable, Alias("DataExport.ColumnMask")]
public sealed record ColumnMask(
    [property: Id(0)] string Column, [property: Id(1)] MaskKind Kind = MaskKind.Mask);
