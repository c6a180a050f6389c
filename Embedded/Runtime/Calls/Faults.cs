using System.Runtime.CompilerServices;

namespace Orleans.Runtime;

/// <summary>Carries exceptions as they were thrown.</summary>
internal static class Faults
{
    /// <summary>A cancelled task that throws this very exception, which the public API of a task cannot make.</summary>
    public static Task<TResult> Canceled<TResult>(OperationCanceledException exception)
    {
        var builder = AsyncTaskMethodBuilder<TResult>.Create();
        var task = builder.Task;
        builder.SetException(exception);
        return task;
    }

    /// <summary>The exception of a task that did not end well.</summary>
    public static Exception Of(Task ended)
    {
        if (ended.Exception?.InnerException is { } exception)
        {
            return exception;
        }

        try
        {
            ended.GetAwaiter().GetResult();
            throw new InvalidOperationException("The task has not failed.");
        }
        catch (OperationCanceledException canceled)
        {
            return canceled;
        }
    }
}
