namespace Orleans.Configuration;

/// <summary>How calls travel.</summary>
public abstract class MessagingOptions
{
    /// <summary>
    /// How long a caller waits. After it the call's outcome is unknown: it may still run, or have run.
    /// </summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);
}

/// <inheritdoc/>
public class SiloMessagingOptions : MessagingOptions
{
    /// <summary>How often a call may come to an activation that is leaving and go on to the next.</summary>
    public int MaxForwardCount { get; set; } = 2;
}
