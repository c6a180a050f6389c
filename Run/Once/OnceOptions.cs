using DataExport.Run.Hosting;
using DataExport.Sandbox;

namespace DataExport.Run.Once;

/// <summary>What <c>./run --once</c> does.</summary>
internal sealed record OnceOptions
{
    /// <summary>Rows of the Sandbox, all tables together.</summary>
    public long Rows { get; init; }

    /// <summary>Where the Sandbox's tables come from.</summary>
    public SandboxSource Source { get; init; } = new();

    /// <summary>Changes, half of them during the initial sync.</summary>
    public long Changes { get; init; }

    /// <summary>Decides data, changes and chaos.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Whether messages are doubled and shuffled, connections cut, and the silo killed.</summary>
    public bool Chaos { get; init; }

    /// <summary>What goes wrong with the environment from activation until the last change.</summary>
    public SandboxFaults Faults { get; init; }

    /// <summary>Whether the result is a line of JSON.</summary>
    public bool Json { get; init; }

    /// <summary>The tables; empty for all.</summary>
    public IReadOnlyList<string> Tables { get; init; } = [];

    /// <summary>Where everything goes; a temporary directory when null.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>At most so many changes a second; 0: as fast as the silo takes them.</summary>
    public double ChangesPerSecond { get; init; }

    /// <summary>Longest time for all of it.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>Differences shown; the others are counted.</summary>
    public int DifferencesShown { get; init; } = 20;

    /// <summary>The chaos, when there is some.</summary>
    public ChaosOptions ChaosLimits { get; init; } = new();

    /// <summary>
    /// Messages are shuffled within windows of so many: smaller ones when there are few changes, or none would arrive
    /// before the last is made.
    /// </summary>
    public int ShuffleWindow => (int)Math.Clamp(Changes / 8, 2, ChaosLimits.ReorderWindow);

    /// <summary>
    /// Messages in the queue above which no change is made. Enough that the silo never waits for one; with chaos enough
    /// to fill the window that is shuffled.
    /// </summary>
    public int BacklogMax
    {
        get => field > 0 ? field : Chaos ? 3 * ChaosLimits.ReorderWindow : 4_000;
        init;
    }

    /// <summary>The pace: as asked for, and with chaos so slow that the silo is killed a few times meanwhile.</summary>
    public double Pace => ChangesPerSecond > 0 ? ChangesPerSecond
        : Chaos ? Changes / ChaosLimits.ChangesLast.TotalSeconds
        : 0;
}

/// <summary>How bad the chaos is.</summary>
internal sealed record ChaosOptions
{
    /// <summary>Probability that a message is enqueued twice.</summary>
    public double Duplicates { get; init; } = 0.1;

    /// <summary>Messages are shuffled within windows of so many at most.</summary>
    public int ReorderWindow { get; init; } = 10_000;

    /// <summary>How long a lock lasts: short, since those of a killed silo have to run out.</summary>
    public TimeSpan LockDuration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Deliveries before a message is dead-lettered: each kill uses one up.</summary>
    public int DeliveryCountMax { get; init; } = 100;

    /// <summary>Time between a silo's being ready and its being killed, at least.</summary>
    public TimeSpan KillAfterMin { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>And at most.</summary>
    public TimeSpan KillAfterMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Mean time between cuts of all connections to the bus.</summary>
    public TimeSpan CutEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the changes are spread over, unless a pace is asked for.</summary>
    public TimeSpan ChangesLast { get; init; } = TimeSpan.FromSeconds(30);
}
