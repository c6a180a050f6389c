namespace DataExport.Grains.Tables;

/// <summary>When a table's next delta is due. Pure.</summary>
/// <remarks>
/// A delta that brings what no message told shows that messages are missing or slow: the next comes sooner. One that
/// brings nothing new costs a request for nothing: the next may come later.
/// </remarks>
internal static class DeltaSchedule
{
    private const int FastestShare = 5;
    private const int SlowestTimes = 3;

    /// <summary>The time to wait after a delta.</summary>
    /// <param name="last">What was waited before it.</param>
    /// <param name="rowsWritten">How many rows it changed in the target.</param>
    /// <param name="usual">The interval of a table of which nothing is known.</param>
    public static TimeSpan Next(TimeSpan last, long rowsWritten, TimeSpan usual)
    {
        var next = rowsWritten > 0 ? last / 2 : last * 1.5;
        var (fastest, slowest) = (usual / FastestShare, usual * SlowestTimes);
        return next < fastest ? fastest : next > slowest ? slowest : next;
    }
}
