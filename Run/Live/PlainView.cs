namespace DataExport.Run.Live;

/// <summary>Progress as lines, for logs and pipes.</summary>
internal sealed class PlainView(TextWriter output) : IProgressView
{
    public Task ShowAsync(Func<Action<Progress>, Task> work) => work(progress => output.WriteLine(Line(progress)));

    /// <summary>One line that says it all.</summary>
    public static string Line(Progress progress)
    {
        var lag = progress.Lag is { } time ? $"{time.TotalMilliseconds:N0} ms" : "-";
        var message = progress.Message is null ? "" : $"; {progress.Message}";
        return $"{progress.Status}: {Rows(progress)}, {progress.ChangesPerSecond:N0} changes/s, "
            + $"lag {lag}, {progress.Provisional:N0} provisional, {progress.Failures:N0} failures{message}";
    }

    /// <summary>
    /// How far the load is. At its end it has brought what was created meanwhile, too: "of" the rows that were counted
    /// before would then be less than all.
    /// </summary>
    private static string Rows(Progress progress)
    {
        var done = progress.Tables.Sum(static table => table.RowsDone);
        return progress.Tables.All(static table => table.Phase is TableSyncPhase.Delta)
            ? $"{done:N0} rows loaded"
            : $"{done:N0} of {progress.Tables.Sum(static table => table.RowsTotal):N0} rows";
    }
}
