using DataExport.Grains.Ports;

namespace DataExport.Dataverse.WebApi;

/// <summary>What a page holds so far.</summary>
internal sealed class PageBuilder
{
    public List<SourceRow> Rows { get; } = [];

    /// <summary>Rows that the table's filter leaves out.</summary>
    public List<OutsideRow> Outside { get; } = [];

    public List<Guid> Deletions { get; } = [];

    public string? NextLink { get; set; }

    public string? DeltaLink { get; set; }

    public SourcePage Build() => new(Rows, Deletions, NextLink, DeltaLink) { Outside = Outside };
}
