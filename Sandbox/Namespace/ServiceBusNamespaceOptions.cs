namespace DataExport.Sandbox;

/// <summary>Settings of a <see cref="ServiceBusNamespace"/>.</summary>
public sealed class ServiceBusNamespaceOptions
{
    /// <summary>Loopback port; 0 takes a free one. Default 0.</summary>
    public int Port { get; set; }

    /// <summary>A receiver or sender that names an unknown queue creates it. Default false.</summary>
    public bool CreatesQueues { get; set; }

    /// <summary>A connection is given up when nothing came for this long. Default 240 s, as the service's.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(240);

    /// <summary>
    /// Directory in which queues are kept, so that they outlive the process; null, the default, keeps them in memory.
    /// What they hold is in memory as well.
    /// </summary>
    public string? DataDirectory { get; set; }

    /// <summary>How queues are kept on disk.</summary>
    public QueueLogOptions Log { get; set; } = new();

    /// <summary>Settings of queues that are created without their own.</summary>
    public SandboxQueueOptions Queue { get; set; } = new();
}
