using System.ComponentModel.DataAnnotations;

namespace DataExport.Grains.Tables;

/// <summary>When tables are read, and how long trouble is waited out.</summary>
public sealed class TableSyncOptions
{
    /// <summary>
    /// Time between two delta syncs of a table of which nothing is known. A fifth of it at least, where deltas bring
    /// what no message told; three times as much at most, where they bring nothing. Default 5 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan DeltaInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Time between two comparisons, by id and version, of a table without change tracking: the more rows the dearer,
    /// one request for 5,000. Adapts as <see cref="DeltaInterval"/> does. Default 1 hour.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan CompareInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long a deletion stays in the delete log of a profile that does not write one for readers. Longer than any
    /// message waits in the queue plus the life of a delta token (7 days). Default 30 days.
    /// </summary>
    [Range(typeof(TimeSpan), "8.00:00:00", "3650.00:00:00")]
    public TimeSpan DeletionsKept { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Tables that a silo loads at once, over all profiles; the others wait. Default 8.</summary>
    [Range(1, 1_000)]
    public int TablesLoadingMax { get; set; } = 8;

    /// <summary>
    /// Ranges of <c>createdon</c> that one large table is read in at once. Faster where the environment answers slowly;
    /// from then on its deltas bring ids only, and what changed is fetched. Default 1: one walk over all rows.
    /// </summary>
    [Range(1, 16)]
    public int RangesMax { get; set; } = 1;

    /// <summary>Rows from which on a table is large. Default 500,000.</summary>
    [Range(1, long.MaxValue)]
    public long RangedFromRows { get; set; } = 500_000;

    /// <summary>
    /// First wait after the source failed; doubles up to <see cref="RetryDelayMax"/>. Default 1 second.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait after the source failed. Default 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan RetryDelayMax { get; set; } = TimeSpan.FromMinutes(1);
}
