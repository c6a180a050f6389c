namespace Orleans.Runtime;

/// <summary>What the public API asks of a grain activation beyond <see cref="IGrainContext"/>.</summary>
internal interface IActivation : IGrainContext
{
    IGrainFactory GrainFactory { get; }

    void DelayDeactivation(TimeSpan delay);

    IGrainTimer RegisterTimer<TState>(
        Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options);
}
