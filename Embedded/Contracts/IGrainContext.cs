namespace Orleans.Runtime;

/// <summary>What the runtime knows of one grain activation.</summary>
public interface IGrainContext
{
    GrainReference GrainReference { get; }

    GrainId GrainId { get; }

    object? GrainInstance { get; }

    /// <summary>Scoped services of this grain activation, disposed with it.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>Completes once the grain activation is gone. A grain that awaits its own waits for ever.</summary>
    Task Deactivated { get; }

    /// <summary>Asks the grain activation to leave once its running calls have ended. Returns at once.</summary>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}
