namespace DataExport.Run.Once;

/// <summary>How long the parts of a run took.</summary>
/// <param name="Rows">Rows that the initial sync had to bring.</param>
/// <param name="Initial">From activation to the end of the initial sync.</param>
/// <param name="ChangesAfter">Changes made after it.</param>
/// <param name="Changing">From the first of these until the queue was empty.</param>
/// <param name="Total">From activation to the end of the last sync.</param>
internal sealed record OnceTimes(long Rows, TimeSpan Initial, long ChangesAfter, TimeSpan Changing, TimeSpan Total)
{
    public double InitialRowsPerSecond => PerSecond(Rows, Initial);

    public double ChangesPerSecond => PerSecond(ChangesAfter, Changing);

    private static double PerSecond(long count, TimeSpan time) =>
        time > TimeSpan.Zero ? Math.Round(count / time.TotalSeconds, 1) : 0;
}
