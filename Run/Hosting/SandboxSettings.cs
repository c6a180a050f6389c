using DataExport.Sandbox;

namespace DataExport.Run.Hosting;

/// <summary>How a Sandbox is made.</summary>
internal sealed record SandboxSettings
{
    /// <summary>Decides every record and value.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Where the tables come from.</summary>
    public SandboxSource Source { get; init; } = new();

    /// <summary>Tables that are made by who wants them; null: those of <see cref="Source"/>.</summary>
    public SandboxModel? Model { get; init; }

    /// <summary>Rows of all tables together, unless they come from files.</summary>
    public long Rows { get; init; }

    /// <summary>Loopback port of the Web API; 0 takes a free one.</summary>
    public int HttpPort { get; init; }

    /// <summary>Loopback port of the Service Bus namespace; 0 takes a free one.</summary>
    public int AmqpPort { get; init; }

    /// <summary>The queues that every change is posted to.</summary>
    public IReadOnlyList<string> Queues { get; init; } = ["export"];

    /// <summary>The queues that get what registered steps post to them.</summary>
    public IReadOnlyList<string> RegisteredQueues { get; init; } = [];

    /// <summary>Queues that require sessions. Nothing is posted to them.</summary>
    public IReadOnlyList<string> SessionQueues { get; init; } = [];

    /// <summary>Settings of single queues, by name.</summary>
    public IReadOnlyDictionary<string, SandboxQueueOptions> QueueSettings { get; init; } =
        new Dictionary<string, SandboxQueueOptions>();

    /// <summary>Where queues are kept; null: in memory alone.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Settings of the other queues.</summary>
    public SandboxQueueOptions Queue { get; init; } = new();

    /// <summary>What may go wrong with it.</summary>
    public SandboxFaults Faults { get; init; }

    /// <summary>How messages are shuffled and doubled, and answers compressed; null: not at all.</summary>
    public ShuffleSettings? Shuffle { get; init; }
}
