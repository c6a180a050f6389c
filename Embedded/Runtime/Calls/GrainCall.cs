using System.ComponentModel;
using System.Reflection;
using Orleans.Serialization.Invocation;
using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>
/// One call on its way to a grain and back: arguments, place in the queue, and the caller's promise in one object.
/// </summary>
/// <remarks>
/// The promise is kept once: by the method's end, by the time-out or by the caller's cancellation, whichever comes
/// first. The method may run on after the latter two.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class GrainCall : IInvokable
{
    private static readonly Action<Task, object?> s_onEnded = static (task, call) => ((GrainCall)call!).OnEnded(task);

    private readonly CancellationToken _callerToken;
    private CancellationTokenRegistration _callerRegistration;
    private CancellationTokenSource? _calleeSource;
    private Activation? _activation;

    // The activation in whose turn the call was made, or a CallOrigin. One field, since most calls have neither.
    private object? _origin;

    private protected GrainCall(GrainMethod method, CancellationToken callerToken)
    {
        Method = method;
        _callerToken = callerToken;
    }

    internal GrainMethod Method { get; }

    /// <summary>Links of the activation's queues.</summary>
    internal GrainCall? Next { get; set; }

    internal GrainCall? Previous { get; set; }

    /// <summary>Order of arrival at the activation.</summary>
    internal uint Number { get; set; }

    /// <summary>How often the call came to an activation that was leaving.</summary>
    internal ushort Forwards { get; set; }

    internal CallStage Stage { get; set; }

    /// <summary>The silo's coarse time at which the caller made the call.</summary>
    internal long SentAt { get; set; }

    /// <summary>Where the call waits or runs. Null until it has arrived.</summary>
    internal Activation? Target => _activation;

    /// <summary>The activation in whose turn the call was made, if any.</summary>
    internal Activation? Source => _origin as Activation ?? (_origin as CallOrigin)?.Source;

    internal Dictionary<string, object>? RequestValues => (_origin as CallOrigin)?.Values;

    internal virtual bool Interleaves => Method.AlwaysInterleave;

    /// <summary>Whether the call counts as use of its grain activation.</summary>
    internal virtual bool KeepsAlive => true;

    /// <summary>
    /// A local call belongs to its activation: it neither times out nor goes on to the next activation.
    /// </summary>
    internal virtual bool IsLocal => false;

    /// <summary>The heartbeat has found the call too old; its answer is on the way.</summary>
    internal bool IsExpired { get; set; }

    /// <summary>Whether the caller waits no more, so that a call that has not started need not run.</summary>
    internal bool IsEnded => IsExpired || IsAnswered;

    /// <summary>The token that the caller has passed.</summary>
    protected CancellationToken CallerToken => _callerToken;

    private protected abstract bool IsAnswered { get; }

    int IInvokable.GetArgumentCount() => Method.ParameterCount;

    string IInvokable.GetMethodName() => Method.MethodName;

    string IInvokable.GetInterfaceName() => Method.InterfaceName;

    string IInvokable.GetActivityName() => $"{Method.InterfaceType.Name}/{Method.MethodName}";

    MethodInfo IInvokable.GetMethod() => Method.InterfaceMethod;

    Type IInvokable.GetInterfaceType() => Method.InterfaceType;

    public virtual object? GetArgument(int index) => throw new ArgumentOutOfRangeException(nameof(index));

    public virtual void SetArgument(int index, object value) => throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>By number of arrival, which may have run over.</summary>
    internal bool CameBefore(GrainCall other) => unchecked((int)(Number - other.Number)) < 0;

    /// <summary>Arms the caller's token. False when it is already cancelled: then there is nothing to send.</summary>
    internal bool TryArmCancellation()
    {
        if (_callerToken.CanBeCanceled)
        {
            _callerRegistration = _callerToken.UnsafeRegister(static call => ((GrainCall)call!).OnCanceled(), this);
        }

        return !IsAnswered;
    }

    /// <summary>Notes where and when the call was made, and what it takes along.</summary>
    internal void Depart(long now)
    {
        SentAt = now;
        var source = RuntimeContext.Current;
        _origin = source;
        if (source is not null && !Method.IsOneWay)
        {
            source.Outgoing = this;
        }

        if (RequestContext.IsUsed && RequestContext.Current is { } values)
        {
            _origin = new CallOrigin(source, values);
        }
    }

    /// <summary>Takes its place at <paramref name="activation"/>, under its lock.</summary>
    internal void Arrive(Activation activation, uint number)
    {
        _activation = activation;
        Number = number;
    }

    /// <summary>Runs the method, in a turn of <paramref name="activation"/>.</summary>
    internal void Begin(Activation activation)
    {
        Stage = CallStage.Begun;
        Task? running;
        try
        {
            if (RequestValues is { } values)
            {
                RequestContext.Import(values);
            }

            running = activation.Class.Filters is null
                ? Start(activation.GrainInstance!, GetCalleeToken())
                : StartFiltered(new IncomingCall(this, activation, GetCalleeToken()));
        }
        catch (Exception exception)
        {
            EndFaulted(exception);
            return;
        }

        if (running is null)
        {
            End();
            return;
        }

        running.ContinueWith(
            s_onEnded,
            this,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously | TaskContinuationOptions.DenyChildAttach,
            activation.Turns);
    }

    /// <summary>Runs the method behind the filters. Its failure is thrown.</summary>
    internal abstract Task<Response> InvokeAsync(object grain, CancellationToken cancellationToken);

    /// <summary>Answers the caller with a fault of the runtime. A tick is rejected before it is taken in.</summary>
    internal void Reject(Exception exception)
    {
        AnswerFaulted(exception);
        Settle();
        OnReleased();
    }

    /// <summary>Starts the method. Null when it has ended well at once and the caller is answered.</summary>
    private protected abstract Task? Start(object grain, CancellationToken cancellationToken);

    /// <summary>Starts the filters, and through them the method.</summary>
    private protected abstract Task StartFiltered(IncomingCall filtered);

    /// <summary>Answers with the outcome of <paramref name="ended"/>, which is the task that started.</summary>
    private protected abstract void Answer(Task ended);

    private protected abstract void AnswerFaulted(Exception exception);

    /// <summary>
    /// No list of the activation holds the call any more: one that is used again may come in again, and not before.
    /// </summary>
    private protected virtual void OnReleased()
    {
    }

    /// <summary>A failure that no caller hears of. Whether a call nobody waits for ran at all, nobody asks.</summary>
    private protected void LogUnheard(Exception exception)
    {
        if (_activation is { } activation)
        {
            activation.Class.Silo.LogUnheard(exception, activation.GrainId, Method);
        }
    }

    private void OnEnded(Task task)
    {
        if (task.Exception?.InnerException is { } exception)
        {
            LeaveWhenInconsistent(exception);
        }

        Answer(task);
        End();
    }

    private void EndFaulted(Exception exception)
    {
        LeaveWhenInconsistent(exception);
        AnswerFaulted(exception);
        End();
    }

    private void End()
    {
        Settle();
        _activation!.OnCallEnded(this);
        OnReleased();
    }

    private void LeaveWhenInconsistent(Exception exception)
    {
        if (exception is InconsistentStateException { IsSourceActivation: true } inconsistent)
        {
            // Only the activation whose state is stale leaves, not those that the exception passes on its way up. It is
            // no cause in the reason, or the waiting calls would fail with it.
            inconsistent.IsSourceActivation = false;
            _activation!.Deactivate(
                new DeactivationReason(DeactivationReasonCode.ApplicationError, exception.ToString()));
        }
    }

    /// <summary>The callee gets a token of its own, so that its cancellation callbacks run in its turns.</summary>
    private CancellationToken GetCalleeToken()
    {
        if (!_callerToken.CanBeCanceled)
        {
            return CancellationToken.None;
        }

        var source = new CancellationTokenSource();
        Interlocked.Exchange(ref _calleeSource, source);
        if (_callerToken.IsCancellationRequested)
        {
            source.Cancel();
        }

        return source.Token;
    }

    private void OnCanceled()
    {
        AnswerFaulted(new OperationCanceledException(_callerToken));
        if (Interlocked.CompareExchange(ref _calleeSource, null, null) is { } source)
        {
            Task.Factory.StartNew(
                static source => ((CancellationTokenSource)source!).Cancel(),
                source,
                CancellationToken.None,
                TaskCreationOptions.DenyChildAttach,
                _activation!.Turns);
        }
    }

    /// <summary>The caller has its answer, and waits for this call no more.</summary>
    private void Settle()
    {
        _callerRegistration.Unregister();
        if (_origin is not null)
        {
            Source?.ForgetOutgoing(this);
        }
    }
}
