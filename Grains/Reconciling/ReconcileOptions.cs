using System.ComponentModel.DataAnnotations;

namespace DataExport.Grains.Reconciling;

/// <summary>Limits of a reconcile: section <c>DataExport:Reconcile</c>.</summary>
public sealed class ReconcileOptions
{
    /// <summary>Records that one fetch asks for once more. Default 500, as many as one request takes.</summary>
    [Range(1, 1_000)]
    public int FetchRecordsMax { get; set; } = 500;

    /// <summary>Ids of the target's rows that are read at once. Default 10,000.</summary>
    [Range(1, 100_000)]
    public int TargetIdsMax { get; set; } = 10_000;

    /// <summary>
    /// Files over which the ids of a table are spread; one of each side is held at a time. Default 64: of ten million
    /// rows 160,000 ids.
    /// </summary>
    [Range(1, 512)]
    public int Buckets { get; set; } = 64;

    /// <summary>Rows that differ that a report names, of each table. Default 100.</summary>
    [Range(0, 10_000)]
    public int DriftsShownMax { get; set; } = 100;

    /// <summary>How often a page or a fetch is tried again before its table is given up. Default 8.</summary>
    [Range(0, 100)]
    public int RetriesMax { get; set; } = 8;

    /// <summary>How long the table's delta may take that goes before the proof. Default 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "06:00:00")]
    public TimeSpan DeltaTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Where the ids are spilled, 16 bytes a row of each side; in a folder that is taken away again. Default: the
    /// system's folder for temporary files.
    /// </summary>
    public string? SpillDirectory { get; set; }
}
