namespace DataExport.Grains.Tables;

/// <summary>How fast a table's initial sync is, since this silo began or resumed it.</summary>
internal sealed class LoadProgress(TimeProvider clock)
{
    private long? _began;
    private long _rowsBefore;

    /// <summary>The load begins, or goes on, with so many rows done.</summary>
    public void Begin(long rowsDone) => (_began, _rowsBefore) = (clock.GetTimestamp(), rowsDone);

    /// <summary>The load has ended.</summary>
    public void End() => _began = null;

    /// <summary>Rows a second, and the time left at that rate; null while nothing can be said.</summary>
    public (double RowsPerSecond, TimeSpan TimeLeft)? Of(long rowsDone, long rowsTotal)
    {
        var rows = rowsDone - _rowsBefore;
        var elapsed = _began is { } began ? clock.GetElapsedTime(began) : TimeSpan.Zero;
        if (rows <= 0 || elapsed <= TimeSpan.Zero)
        {
            return null;
        }

        var rate = rows / elapsed.TotalSeconds;
        return (rate, TimeSpan.FromSeconds(Math.Ceiling(Math.Max(0, rowsTotal - rowsDone) / rate)));
    }
}
