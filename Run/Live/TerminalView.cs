using Spectre.Console;
using Spectre.Console.Rendering;

namespace DataExport.Run.Live;

/// <summary>Progress as a table that stays where it is, for a terminal.</summary>
internal sealed class TerminalView(IAnsiConsole console) : IProgressView
{
    public Task ShowAsync(Func<Action<Progress>, Task> work) => console
        .Live(new Text("Starting..."))
        .StartAsync(context => work(progress =>
        {
            context.UpdateTarget(Render(progress));
            context.Refresh();
        }));

    private static Rows Render(Progress progress)
    {
        var table = new Table()
            .Border(TableBorder.Rounded)
            .AddColumn("Table")
            .AddColumn("At")
            .AddColumn(new TableColumn("Rows loaded").RightAligned())
            .AddColumn(new TableColumn("of").RightAligned())
            .AddColumn(new TableColumn("At the source now").RightAligned())
            .AddColumn(new TableColumn("Provisional").RightAligned());
        foreach (var entry in progress.Tables)
        {
            _ = table.AddRow(
                new Text(entry.Table),
                new Text(NameOf(entry.Phase)),
                new Text($"{entry.RowsDone:N0}"),
                new Text($"{entry.RowsTotal:N0}"),
                new Text($"{entry.SourceRows:N0}"),
                new Text($"{entry.Provisional:N0}"));
        }

        return new Rows((IRenderable[])[table, new Text(Below(progress))]);
    }

    private static string NameOf(TableSyncPhase phase) => phase switch
    {
        TableSyncPhase.Token => "token",
        TableSyncPhase.Load => "initial sync",
        TableSyncPhase.Delta => "delta sync",
        TableSyncPhase.Faulted => "faulted",
        _ => "-",
    };

    private static string Below(Progress progress)
    {
        var lag = progress.Lag is { } time ? $"{time.TotalMilliseconds:N0} ms" : "-";
        var message = progress.Message is null ? "" : $"\n{progress.Message}";
        return $"{progress.Status}   {progress.ChangesPerSecond:N0} changes/s   lag {lag}   "
            + $"{progress.Provisional:N0} provisional   {progress.Failures:N0} failures   "
            + $"{progress.ChangesMade:N0} changes made   Ctrl-C stops{message}";
    }
}
