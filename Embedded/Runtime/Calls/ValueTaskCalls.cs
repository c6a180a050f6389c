using System.ComponentModel;
using System.Threading.Tasks.Sources;
using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>A call of a method that returns <see cref="ValueTask{TResult}"/>: the call is its own promise.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ValueTaskCall<TResult> : GrainCall, IValueTaskSource<TResult>
{
    private ManualResetValueTaskSourceCore<TResult> _promise;
    private int _answered;

    protected ValueTaskCall(GrainMethod method, CancellationToken callerToken)
        : base(method, callerToken) =>
        _promise.RunContinuationsAsynchronously = true;

    internal ValueTask<TResult> Promise => new(this, _promise.Version);

    private protected sealed override bool IsAnswered => Volatile.Read(ref _answered) != 0;

    TResult IValueTaskSource<TResult>.GetResult(short token) => _promise.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<TResult>.GetStatus(short token) => _promise.GetStatus(token);

    void IValueTaskSource<TResult>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _promise.OnCompleted(continuation, state, token, flags);

    /// <summary>Calls the grain's method.</summary>
    protected abstract ValueTask<TResult> Invoke(object grain, CancellationToken cancellationToken);

    private protected sealed override Task? Start(object grain, CancellationToken cancellationToken)
    {
        var running = Invoke(grain, cancellationToken);
        if (!running.IsCompletedSuccessfully)
        {
            return running.AsTask();
        }

        AnswerWith(running.Result);
        return null;
    }

    internal sealed override async Task<Response> InvokeAsync(object grain, CancellationToken cancellationToken) =>
        Response.FromResult(await Invoke(grain, cancellationToken));

    private protected sealed override Task StartFiltered(IncomingCall filtered)
    {
        return RunAsync(filtered);

        static async Task<TResult> RunAsync(IncomingCall filtered) => (await filtered.RunAsync()).GetResult<TResult>();
    }

    private protected sealed override void Answer(Task ended)
    {
        if (ended.IsCompletedSuccessfully)
        {
            AnswerWith(((Task<TResult>)ended).Result);
        }
        else
        {
            AnswerFaulted(Faults.Of(ended));
        }
    }

    private protected sealed override void AnswerFaulted(Exception exception)
    {
        if (Interlocked.Exchange(ref _answered, 1) == 0)
        {
            _promise.SetException(exception);
        }
    }

    private void AnswerWith(TResult result)
    {
        if (Interlocked.Exchange(ref _answered, 1) == 0)
        {
            _promise.SetResult(result);
        }
    }
}

/// <summary>A call of a method that returns <see cref="ValueTask"/>: the call is its own promise.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ValueTaskCall : GrainCall, IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _promise;
    private int _answered;

    protected ValueTaskCall(GrainMethod method, CancellationToken callerToken)
        : base(method, callerToken) =>
        _promise.RunContinuationsAsynchronously = true;

    internal ValueTask Promise => new(this, _promise.Version);

    private protected sealed override bool IsAnswered => Volatile.Read(ref _answered) != 0;

    void IValueTaskSource.GetResult(short token) => _promise.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _promise.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _promise.OnCompleted(continuation, state, token, flags);

    /// <summary>Calls the grain's method.</summary>
    protected abstract ValueTask Invoke(object grain, CancellationToken cancellationToken);

    private protected sealed override Task? Start(object grain, CancellationToken cancellationToken)
    {
        var running = Invoke(grain, cancellationToken);
        if (!running.IsCompletedSuccessfully)
        {
            return running.AsTask();
        }

        AnswerDone();
        return null;
    }

    internal sealed override async Task<Response> InvokeAsync(object grain, CancellationToken cancellationToken)
    {
        await Invoke(grain, cancellationToken);
        return Response.Completed;
    }

    private protected sealed override Task StartFiltered(IncomingCall filtered)
    {
        return RunAsync(filtered);

        static async Task RunAsync(IncomingCall filtered) => _ = (await filtered.RunAsync()).Result;
    }

    private protected sealed override void Answer(Task ended)
    {
        if (ended.IsCompletedSuccessfully)
        {
            AnswerDone();
        }
        else
        {
            AnswerFaulted(Faults.Of(ended));
        }
    }

    private protected sealed override void AnswerFaulted(Exception exception)
    {
        if (Method.IsOneWay)
        {
            LogUnheard(exception);
        }
        else if (Interlocked.Exchange(ref _answered, 1) == 0)
        {
            _promise.SetException(exception);
        }
    }

    private void AnswerDone()
    {
        if (Interlocked.Exchange(ref _answered, 1) == 0)
        {
            _promise.SetResult(true);
        }
    }
}
