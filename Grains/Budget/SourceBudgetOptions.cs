using System.ComponentModel.DataAnnotations;

namespace DataExport.Grains.Budget;

/// <summary>
/// Dataverse's service protection limits of one user, section <c>DataExport:SourceLimits</c>. The defaults are those
/// that Microsoft documents; lower ones leave room for other programs of the same application user.
/// </summary>
public sealed class SourceBudgetOptions
{
    /// <summary>The sliding window that requests and execution time are counted over.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Requests in a window.</summary>
    [Range(10, 1_000_000)]
    public int RequestsMax { get; set; } = 6_000;

    /// <summary>Combined execution time in a window.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan ExecutionMax { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>Requests at once.</summary>
    [Range(1, 1_000)]
    public int ConcurrentMax { get; set; } = 52;

    /// <summary>
    /// What a request that began at the end of the window may have been late at the environment: it is counted so much
    /// longer.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan WindowMargin { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>After so long a request that nobody gave back is taken for one whose silo died.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "02:00:00")]
    public TimeSpan LeaseMax { get; set; } = TimeSpan.FromMinutes(35);
}
