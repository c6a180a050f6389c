using System.CommandLine;
using DataExport.Run.Live;

namespace DataExport.Run.Commands;

/// <summary>The switches that a run has with and without <c>--once</c>.</summary>
internal sealed class SharedSwitches
{
    private const double LiveChangesPerSecond = 50;

    public SharedSwitches()
    {
        Limits.RefuseNegative(ChangesPerSecond);
        Limits.RefuseNegative(BacklogMax);
    }

    public Option<long> Rows { get; } = Limits.NotNegative(
        "--rows", 20_000L, "Rows of the Sandbox, all tables together.");

    public Option<double?> ChangesPerSecond { get; } = new("--changes-per-second")
    {
        Description = $"Changes a second. Default {LiveChangesPerSecond}; with --once as fast as the silo takes them.",
    };

    public Option<int> Seed { get; } = new("--seed")
    {
        Description = "Decides data, changes and chaos.",
        DefaultValueFactory = _ => 1,
    };

    public Option<string?> DataDirectory { get; } = new("--data-dir")
    {
        Description = "An empty directory for database, state and log. Default: a new one below ./data; with --once a "
            + "temporary one.",
    };

    public Option<string[]?> Tables { get; } = new("--table")
    {
        Description = "A table to replicate; may be given several times. Default: all.",
    };

    public Option<int?> BacklogMax { get; } = new("--backlog-max")
    {
        Description = "Messages in the queue above which no change is made.",
    };

    public SourceSwitches Source { get; } = new();

    public IEnumerable<Option> All =>
        [Rows, .. Source.All, ChangesPerSecond, Seed, DataDirectory, Tables, BacklogMax];

    /// <summary>Reads a run without <c>--once</c>.</summary>
    public LiveOptions ReadLive(ParseResult parsed)
    {
        var defaults = new LiveOptions();
        return defaults with
        {
            Rows = parsed.GetValue(Rows),
            Source = Source.Read(parsed),
            ChangesPerSecond = parsed.GetValue(ChangesPerSecond) ?? LiveChangesPerSecond,
            Seed = parsed.GetValue(Seed),
            Tables = parsed.GetValue(Tables) ?? [],
            DataDirectory = parsed.GetValue(DataDirectory),
            BacklogMax = parsed.GetValue(BacklogMax) ?? defaults.BacklogMax,
        };
    }
}
