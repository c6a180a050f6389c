using System.ComponentModel;
using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>A call of a method that returns <see cref="Task{TResult}"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TaskCall<TResult>(GrainMethod method, CancellationToken callerToken)
    : GrainCall(method, callerToken)
{
    private readonly TaskCompletionSource<TResult> _promise = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Task<TResult> Promise => _promise.Task;

    private protected sealed override bool IsAnswered => _promise.Task.IsCompleted;

    /// <summary>Calls the grain's method.</summary>
    protected abstract Task<TResult> Invoke(object grain, CancellationToken cancellationToken);

    private protected sealed override Task? Start(object grain, CancellationToken cancellationToken)
    {
        var running = Invoke(grain, cancellationToken);
        if (!running.IsCompletedSuccessfully)
        {
            return running;
        }

        _promise.TrySetResult(running.Result);
        return null;
    }

    internal sealed override async Task<Response> InvokeAsync(object grain, CancellationToken cancellationToken) =>
        Response.FromResult(await Invoke(grain, cancellationToken));

    private protected sealed override Task StartFiltered(IncomingCall filtered)
    {
        return RunAsync(filtered);

        static async Task<TResult> RunAsync(IncomingCall filtered) => (await filtered.RunAsync()).GetResult<TResult>();
    }

    private protected sealed override void Answer(Task ended) => _promise.TrySetFromTask((Task<TResult>)ended);

    private protected sealed override void AnswerFaulted(Exception exception)
    {
        if (exception is OperationCanceledException canceled)
        {
            _promise.TrySetFromTask(Faults.Canceled<TResult>(canceled));
        }
        else
        {
            _promise.TrySetException(exception);
        }
    }
}

/// <summary>A call of a method that returns <see cref="Task"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TaskCall(GrainMethod method, CancellationToken callerToken) : GrainCall(method, callerToken)
{
    private readonly TaskCompletionSource _promise = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Task Promise => _promise.Task;

    private protected sealed override bool IsAnswered => _promise.Task.IsCompleted;

    /// <summary>Calls the grain's method.</summary>
    protected abstract Task Invoke(object grain, CancellationToken cancellationToken);

    private protected sealed override Task? Start(object grain, CancellationToken cancellationToken)
    {
        var running = Invoke(grain, cancellationToken);
        if (!running.IsCompletedSuccessfully)
        {
            return running;
        }

        _promise.TrySetResult();
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
        if (!Method.IsOneWay)
        {
            _promise.TrySetFromTask(ended);
        }
        else if (!ended.IsCompletedSuccessfully)
        {
            LogUnheard(Faults.Of(ended));
        }
    }

    private protected sealed override void AnswerFaulted(Exception exception)
    {
        if (Method.IsOneWay)
        {
            LogUnheard(exception);
        }
        else if (exception is OperationCanceledException canceled)
        {
            _promise.TrySetFromTask(Faults.Canceled<bool>(canceled));
        }
        else
        {
            _promise.TrySetException(exception);
        }
    }
}
