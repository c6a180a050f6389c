using System.Diagnostics.CodeAnalysis;
using Orleans.Runtime;

namespace Orleans;

/// <summary>Base of all grain classes: one identity, one activation at a time, one turn at a time.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    /// <summary>Called by the runtime, within the new grain activation's first turn.</summary>
    protected Grain() => GrainContext = RuntimeContext.Current!;

    /// <summary>Null for a grain that a test has created by itself.</summary>
    [AllowNull]
    public IGrainContext GrainContext { get; }

    public GrainReference GrainReference => GrainContext.GrainReference;

    public string IdentityString => GrainContext.GrainId.ToString();

    protected IGrainFactory GrainFactory => Own.GrainFactory;

    /// <summary>Scoped services of this grain activation.</summary>
    protected internal IServiceProvider ServiceProvider => GrainContext.ActivationServices;

    private Activation Own => GrainContext as Activation ?? throw new InvalidOperationException(
        "Grain was created outside of the Orleans creation process and no runtime was specified.");

    /// <summary>
    /// Runs before the first call, after the persistent state was read. Its failure is the calls' failure.
    /// </summary>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs after the last call. Its failure is logged and changes nothing.</summary>
    /// <param name="reason">Informational only.</param>
    /// <param name="cancellationToken">Signalled when the grain activation has to leave promptly.</param>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <summary>
    /// Ends this grain activation once its running calls have ended. Later calls bring up a new one.
    /// </summary>
    /// <exception cref="InvalidOperationException">This grain activation has left already.</exception>
    protected void DeactivateOnIdle()
    {
        RuntimeContext.RequirePresent(Own);
        GrainBaseExtensions.DeactivateOnIdle(this);
    }

    /// <summary>Keeps this grain activation in memory for at least <paramref name="timeSpan"/>, idle or not.</summary>
    /// <param name="timeSpan">
    /// Zero takes an earlier wish back; <see cref="Timeout.InfiniteTimeSpan"/> is for ever.
    /// </param>
    protected void DelayDeactivation(TimeSpan timeSpan) => Own.DelayDeactivation(timeSpan);
}
