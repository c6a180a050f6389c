using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>
/// A timer of one grain activation. Disposing it ends its ticks; the end of the grain activation does too.
/// </summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Takes effect at once, or after the running tick.</summary>
    /// <param name="dueTime">Until the next tick; <see cref="Timeout.InfiniteTimeSpan"/> stops the timer.</param>
    /// <param name="period">From the end of one tick to the next; infinite for a single tick.</param>
    void Change(TimeSpan dueTime, TimeSpan period);
}

/// <summary>When a grain timer ticks, and how its ticks relate to calls.</summary>
public readonly struct GrainTimerCreationOptions()
{
    [SetsRequiredMembers]
    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period)
        : this()
    {
        DueTime = dueTime;
        Period = period;
    }

    /// <summary>Until the first tick.</summary>
    public required TimeSpan DueTime { get; init; }

    /// <summary>From the end of one tick to the next; infinite for a single tick.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>Whether a tick may run while a call of the same grain activation waits.</summary>
    public bool Interleave { get; init; }

    /// <summary>Whether a tick counts as use, so that the grain activation does not become idle.</summary>
    public bool KeepAlive { get; init; }
}
