using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Runtime;

/// <summary>What only some activations have, apart so that the others stay small.</summary>
internal sealed class ActivationExtras
{
    public AsyncServiceScope? Scope { get; set; }

    public List<IGrainTimer>? Timers { get; set; }

    public List<ILoadedState>? States { get; set; }

    public DeactivationReason Reason { get; set; }

    /// <summary>The silo's coarse time until which the activation does not count as idle.</summary>
    public long KeepAliveUntil { get; set; }

    /// <summary>Cancelled when activating or leaving has taken too long.</summary>
    public CancellationTokenSource? Patience { get; set; }

    /// <summary>The silo's coarse time at which patience ends.</summary>
    public long PatienceEnd { get; set; }

    /// <summary>Whose cancellation ends patience early.</summary>
    public CancellationToken HurryToken { get; set; }

    public TaskCompletionSource? Gone { get; set; }
}

/// <summary>A part of a grain's state that is read before the grain activates.</summary>
internal interface ILoadedState
{
    Task LoadAsync(CancellationToken cancellationToken);
}
