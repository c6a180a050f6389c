using DataExport.Run.Hosting;

namespace DataExport.Run.Live;

/// <summary>What <c>./run</c> without <c>--once</c> does.</summary>
internal sealed record LiveOptions
{
    /// <summary>Rows of the Sandbox, all tables together.</summary>
    public long Rows { get; init; }

    /// <summary>Where the Sandbox's tables come from.</summary>
    public SandboxSource Source { get; init; } = new();

    /// <summary>Changes a second; 0 for none.</summary>
    public double ChangesPerSecond { get; init; }

    /// <summary>Decides data and changes.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The tables; empty for all.</summary>
    public IReadOnlyList<string> Tables { get; init; } = [];

    /// <summary>Where everything goes; a new directory below <c>./data</c> when null.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Messages in the queue above which no change is made.</summary>
    public int BacklogMax { get; init; } = 20_000;

    /// <summary>How often the progress is shown.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);
}
