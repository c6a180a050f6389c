using System.ComponentModel.DataAnnotations;
using DataExport.Targets.Merging;

namespace DataExport.Targets.Sessions;

/// <summary>Limits of targets on a server, the same for every profile.</summary>
public abstract class ServerTargetOptions
{
    /// <summary>
    /// How many connections a profile's target may hold: those that merge (<c>BatchWriter</c>'s
    /// <c>MergesInFlightMax</c>) and those that read.
    /// </summary>
    [Range(1, 100)]
    public int SessionsMax { get; set; } = 8;

    /// <summary>How long a statement waits for a lock before the target counts as busy.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How long a statement may take before the target counts as away. More than <see cref="LockTimeout"/>, or the
    /// client gives up before the server answers that it is busy.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>From how many rows on a page is written by one statement over all of them.</summary>
    [Range(1, 1_000_000)]
    public int PageRowsMin { get; set; } = ReadPage.RowsMinDefault;

    /// <summary>How many rows one transaction asks about at the end of a resync: merges get in between.</summary>
    [Range(1, 100_000)]
    public int AskRowsMax { get; set; } = 2_000;
}
