using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace DataExport;

/// <summary>One column of a table, as the source describes it.</summary>
[GenerateSerializer, Immutable, Alias("DataExport.ColumnDefinition")]
public sealed record ColumnDefinition
{
    // What Dataverse allows for the longest memo, and far more than for any line of text that people make.
    private const int LongestLine = 1_048_576;

    /// <summary>The column's logical name, lower case.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>What it holds.</summary>
    [Id(1)]
    public required ColumnType Type { get; init; }

    /// <summary>Longest text in characters; 0 for columns that hold no text or know no limit.</summary>
    [Id(2)]
    public int MaxLength { get; init; }

    /// <summary>Digits after the decimal point of decimal, double and money columns.</summary>
    [Id(3)]
    public int Precision { get; init; }

    /// <summary>The tables that a lookup can point to.</summary>
    [Id(4)]
    public ImmutableArray<string> Targets { get; init; } = [];

    /// <summary>The options of a choice, state, status or Boolean column.</summary>
    [Id(5)]
    public ImmutableArray<OptionDefinition> Options { get; init; } = [];

    /// <summary>The name of the option set, or <see langword="null"/> when the column has none.</summary>
    [Id(6)]
    public string? OptionSetName { get; init; }

    /// <summary>Whether the option set is shared by several columns.</summary>
    [Id(7)]
    public bool IsGlobalOptionSet { get; init; }

    /// <summary>The source's own word for the type, such as <c>Picklist</c>.</summary>
    [Id(8)]
    public string AttributeType { get; init; } = "";

    /// <summary>The column's id in the source's metadata.</summary>
    [Id(9)]
    public Guid MetadataId { get; init; }

    /// <summary>
    /// Whether it holds a file as text, as a note's <c>documentbody</c>: up to 128 MB a row, which nobody wants in a
    /// report. The column is there and stays empty. No single line of text but such a one is that long.
    /// </summary>
    [JsonIgnore]
    public bool HoldsFile => Type is ColumnType.Text && MaxLength > LongestLine;

    /// <summary>Whether a time is one on the wall, wherever that hangs, and no instant.</summary>
    [Id(10)]
    public bool IsTimeZoneIndependent { get; init; }

    /// <summary>
    /// Whether the source computes it (calculated and rollup columns): it changes without a new version of its record.
    /// </summary>
    [Id(11)]
    public bool IsComputed { get; init; }
}

/// <summary>One option of a choice, with one label.</summary>
/// <param name="Value">The stored number.</param>
/// <param name="Label">The label.</param>
/// <param name="LanguageCode">The label's language, such as 1033.</param>
/// <param name="State">The state that a status reason belongs to; <see langword="null"/> for all other options.</param>
[GenerateSerializer, Immutable, Alias("DataExport.OptionDefinition")]
public sealed record OptionDefinition(
    [property: Id(0)] int Value,
    [property: Id(1)] string Label,
    [property: Id(2)] int LanguageCode,
    [property: Id(3)] int? State = null);
