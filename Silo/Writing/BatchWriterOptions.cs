using System.ComponentModel.DataAnnotations;

namespace DataExport.Silo.Writing;

/// <summary>How changes are gathered into merges.</summary>
internal sealed class BatchWriterOptions
{
    /// <summary>Rows in one merge at most. Default 1,000.</summary>
    [Range(1, 100_000)]
    public int BatchRowsMax { get; set; } = 1_000;

    /// <summary>Encoded column bytes in one merge at most; a single larger row goes alone. Default 8 MiB.</summary>
    [Range(1_024, 1 << 30)]
    public int BatchBytesMax { get; set; } = 8 * 1024 * 1024;

    /// <summary>
    /// Rows of pages and fetches that go along in a merge that has rows of messages: more would make those wait.
    /// Default 250.
    /// </summary>
    [Range(1, 100_000)]
    public int ManyRowsBesideMax { get; set; } = 250;

    /// <summary>Rows of messages that wait for a merge; more make their grains wait. Default 4,000.</summary>
    [Range(1, 1_000_000)]
    public int QueueRowsMax { get; set; } = 4_000;

    /// <summary>
    /// Merges under way at once, unless the target takes fewer: SQLite takes two, of which it writes one and makes the
    /// other durable meanwhile. Default 4.
    /// </summary>
    [Range(1, 64)]
    public int MergesInFlightMax { get; set; } = 4;

    /// <summary>
    /// First wait while the target is away; doubles up to <see cref="RetryDelayMax"/>. Default 100 ms.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Longest wait while the target is away. Default 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan RetryDelayMax { get; set; } = TimeSpan.FromSeconds(10);
}
