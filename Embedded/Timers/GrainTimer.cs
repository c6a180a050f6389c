using Orleans.CodeGeneration;
using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>What a tick is called as, for those who filter calls.</summary>
internal interface IGrainTimerInvoker : IAddressable
{
    Task InvokeCallbackAsync();
}


/// <summary>
/// A timer of an activation. It is itself the call that a tick puts into the activation's queue, and the next tick is
/// armed when that call has ended: so ticks are turns and never overlap.
/// </summary>
internal abstract class GrainTimer : GrainCall, IGrainTimer
{
    private static readonly GrainMethod s_method = new(
        typeof(IGrainTimerInvoker), nameof(IGrainTimerInvoker.InvokeCallbackAsync), InvokeMethodOptions.None);

    private readonly Lock _gate = new();
    private readonly Activation _activation;
    private readonly GrainTimerCreationOptions _options;
    private readonly CancellationTokenSource _disposed = new();
    private readonly ITimer _timer;
    private TimeSpan _next;
    private TimeSpan _period;
    private bool _isTicking;

    protected GrainTimer(Activation activation, GrainTimerCreationOptions options)
        : base(s_method, CancellationToken.None)
    {
        _activation = activation;
        _options = options;
        _timer = NonFlowingTimer.Create(
            activation.Class.Silo.Clock, static timer => ((GrainTimer)timer!).OnDue(), this);
    }

    internal override bool Interleaves => _options.Interleave;

    internal override bool KeepsAlive => _options.KeepAlive;

    internal override bool IsLocal => true;

    private protected override bool IsAnswered => _disposed.IsCancellationRequested;

    public static void RequireValid(TimeSpan dueTime, TimeSpan period)
    {
        const uint LongestMs = 0xfffffffe;
        ArgumentOutOfRangeException.ThrowIfLessThan((long)dueTime.TotalMilliseconds, -1, nameof(dueTime));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)dueTime.TotalMilliseconds, LongestMs, nameof(dueTime));
        ArgumentOutOfRangeException.ThrowIfLessThan((long)period.TotalMilliseconds, -1, nameof(period));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)period.TotalMilliseconds, LongestMs, nameof(period));
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        RequireValid(dueTime, period);
        lock (_gate)
        {
            _next = dueTime;
            _period = period;
            if (!_isTicking)
            {
                Arm(dueTime);
            }
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        _activation.Forget(this);
        _activation.Class.Silo.Cancel(_disposed, _activation.GrainId);
    }

    protected abstract Task TickAsync(CancellationToken cancellationToken);

    internal override async Task<Response> InvokeAsync(object grain, CancellationToken cancellationToken)
    {
        await TickAsync(_disposed.Token);
        return Response.Completed;
    }

    private protected override Task StartFiltered(IncomingCall filtered)
    {
        return RunAsync(filtered);

        static async Task RunAsync(IncomingCall filtered) => _ = (await filtered.RunAsync()).Result;
    }

    private protected override Task? Start(object grain, CancellationToken cancellationToken)
    {
        var tick = TickAsync(_disposed.Token);
        return tick.IsCompletedSuccessfully ? null : tick;
    }

    private protected override void Answer(Task ended)
    {
        if (!ended.IsCompletedSuccessfully)
        {
            AnswerFaulted(Faults.Of(ended));
        }
    }

    private protected override void AnswerFaulted(Exception exception) =>
        _activation.Class.Silo.LogTickFailed(exception, _activation.GrainId);

    /// <summary>
    /// The next tick counts from the end of this one, or from what the tick has changed. Armed any earlier, it could
    /// come in while this one is still linked among the running calls, and tear their list apart.
    /// </summary>
    private protected override void OnReleased()
    {
        lock (_gate)
        {
            _isTicking = false;
            if (!_disposed.IsCancellationRequested)
            {
                Arm(_next);
            }
        }
    }

    private void OnDue()
    {
        lock (_gate)
        {
            if (_isTicking)
            {
                return;
            }

            _isTicking = true;
            _next = _period;
        }

        _activation.TryReceive(this);
    }

    private void Arm(TimeSpan dueTime) => _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
}

/// <inheritdoc/>
internal sealed class GrainTimer<TState>(
    Activation activation,
    Func<TState, CancellationToken, Task> callback,
    TState state,
    GrainTimerCreationOptions options) : GrainTimer(activation, options)
{
    protected override Task TickAsync(CancellationToken cancellationToken) => callback(state, cancellationToken);
}
