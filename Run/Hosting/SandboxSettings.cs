using DataExport.Sandbox;

namespace DataExport.Run.Hosting;

/// <summary>How a Sandbox is made.</summary>
internal sealed record SandboxSettings
{
    /// <summary>Decides every record and value.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Rows of all tables together.</summary>
    public long Rows { get; init; }

    /// <summary>Loopback port of the Web API; 0 takes a free one.</summary>
    public int HttpPort { get; init; }

    /// <summary>Loopback port of the Service Bus namespace; 0 takes a free one.</summary>
    public int AmqpPort { get; init; }

    /// <summary>The queues that every change is posted to.</summary>
    public IReadOnlyList<string> Queues { get; init; } = ["export"];

    /// <summary>Settings of the queues.</summary>
    public SandboxQueueOptions Queue { get; init; } = new();

    /// <summary>How messages are shuffled and doubled; null: not at all.</summary>
    public ShuffleSettings? Shuffle { get; init; }
}
