namespace DataExport.Sandbox;

/// <summary>Settings and chaos switches of one queue.</summary>
public sealed class SandboxQueueOptions
{
    /// <summary>How long a message, or a session, stays locked after it was handed out. Default 60 s.</summary>
    public TimeSpan LockDuration { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Deliveries after which a message moves to the dead-letter queue. Default 10.</summary>
    public int DeliveryCountMax { get; set; } = 10;

    /// <summary>
    /// Messages that the queue holds, locked ones and dead letters included; more are refused. Default 2,000,000.
    /// </summary>
    public int MessagesMax { get; set; } = 2_000_000;

    /// <summary>Messages need a session id, and receivers take one session each. Default false.</summary>
    public bool RequiresSessions { get; set; }

    /// <summary>Sessions that have messages, a state or a holder; more are refused. Default 100,000.</summary>
    public int SessionsMax { get; set; } = 100_000;

    /// <summary>Receivers that wait for any session; more are refused. Default 5,000.</summary>
    public int SessionWaitersMax { get; set; } = 5_000;

    /// <summary>Largest state of a session, bytes. Default 256 KiB.</summary>
    public int SessionStateBytesMax { get; set; } = 256 * 1024;

    /// <summary>How long messages live that say nothing shorter; null for ever, the default.</summary>
    public TimeSpan? DefaultTimeToLive { get; set; }

    /// <summary>Whether what expires moves to the dead-letter queue. Default false: it is dropped.</summary>
    public bool DeadLettersExpired { get; set; }

    /// <summary>
    /// Whether a lock goes on until it expires when the link it was given on is gone, as in the real service
    /// (default). Without it the messages of a lost link come again at once.
    /// </summary>
    public bool LocksOutliveLinks { get; set; } = true;

    /// <summary>Chaos: probability, 0 to 1, that an enqueued message is enqueued twice. Default 0.</summary>
    public double Duplicates { get; set; }

    /// <summary>
    /// Chaos: messages are shuffled within windows of this many before they are handed out; 0 or 1 keeps their order.
    /// A window that is not full is released when a receiver asks and nothing else is there. Sessions keep their order.
    /// </summary>
    public int ReorderWindow { get; set; }

    /// <summary>Seed of the two chaos switches. Default 1.</summary>
    public int Seed { get; set; } = 1;
}
