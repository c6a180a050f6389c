using DataExport.Grains.Ports;

namespace DataExport.Dataverse.WebApi;

/// <summary>What a page holds so far.</summary>
internal sealed class PageBuilder
{
    private int _handedOver;

    public List<SourceRow> Rows { get; private set; } = [];

    /// <summary>What the columns of <see cref="Rows"/> take.</summary>
    public long Bytes { get; private set; }

    /// <summary>Rows that the table's filter leaves out.</summary>
    public List<OutsideRow> Outside { get; } = [];

    public List<Guid> Deletions { get; } = [];

    public string? NextLink { get; set; }

    public string? DeltaLink { get; set; }

    public void Add(in SourceRow row)
    {
        Rows.Add(row);
        Bytes += row.Columns?.EncodedBytes ?? 0;
    }

    /// <summary>Hands the rows over: they are no longer the page's.</summary>
    public List<SourceRow> TakeRows()
    {
        var rows = Rows;
        _handedOver += rows.Count;
        (Rows, Bytes) = ([], 0);
        return rows;
    }

    public SourcePage Build() =>
        new(Rows, Deletions, NextLink, DeltaLink) { Outside = Outside, RowsHandedOver = _handedOver };
}
