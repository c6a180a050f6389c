namespace DataExport.Run.Live;

/// <summary>Progress as lines, for logs and pipes.</summary>
internal sealed class PlainView(TextWriter output) : IProgressView
{
    public Task ShowAsync(Func<Action<Progress>, Task> work) => work(progress => output.WriteLine(Line(progress)));

    /// <summary>One line that says it all.</summary>
    public static string Line(Progress progress)
    {
        var done = progress.Tables.Sum(table => table.RowsDone);
        var total = progress.Tables.Sum(table => table.RowsTotal);
        var lag = progress.Lag is { } time ? $"{time.TotalMilliseconds:N0} ms" : "-";
        var message = progress.Message is null ? "" : $"; {progress.Message}";
        return $"{progress.Status}: {done:N0} of {total:N0} rows, {progress.ChangesPerSecond:N0} changes/s, "
            + $"lag {lag}, {progress.Provisional:N0} provisional, {progress.Failures:N0} failures{message}";
    }
}
