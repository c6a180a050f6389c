using System.Diagnostics;

namespace DataExport.Grains.Loops;

/// <summary>
/// A loop on a grain's scheduler that is no request: it runs between the turns of the grain's calls, and its grain can
/// be asked and stopped while it waits. Used within one grain activation only.
/// </summary>
internal sealed class GrainLoop(TimeProvider clock)
{
    private Func<Task>? _cancel;
    private TaskCompletionSource _wake = NewSignal();
    private Task _running = Task.CompletedTask;

    /// <summary>Whether the loop runs.</summary>
    public bool IsRunning => !_running.IsCompleted;

    /// <summary>A signal that ends once.</summary>
    public static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Starts the loop unless it runs. It ends when <paramref name="run"/> does.</summary>
    public void Start(Func<CancellationToken, Task> run)
    {
        if (!IsRunning)
        {
            _running = RunAsync(run);
        }
    }

    /// <summary>Runs rounds until stopped, and waits after each.</summary>
    /// <param name="round">One round.</param>
    /// <param name="rest">How long to wait after one that succeeded.</param>
    /// <param name="failed">
    /// Is told a failure and how many went before it in a row; says how long to wait. The next round begins anew.
    /// </param>
    /// <param name="stopping">Ends it.</param>
    public async Task RepeatAsync(
        Func<Task> round, TimeSpan rest, Func<Exception, int, TimeSpan> failed, CancellationToken stopping)
    {
        for (var failures = 0; !stopping.IsCancellationRequested;)
        {
            var wait = rest;
            try
            {
                await round();
                failures = 0;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Whatever it was: who runs the loop tells of it, and a loop that ended would be missed by nobody.
                wait = failed(exception, failures++);
            }

            await WaitAsync(wait, stopping);
        }
    }

    /// <summary>Cancels the loop and returns when it has ended, however it ended.</summary>
    public async Task StopAsync()
    {
        await (_cancel?.Invoke() ?? Task.CompletedTask);

        // What broke the loop must not keep its profile from being stopped.
        await _running.ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    /// <summary>Ends the wait under way, or the next one.</summary>
    public void Wake() => _wake.TrySetResult();

    /// <summary>Waits for the time to pass, for <see cref="Wake"/>, or for the stop; never throws.</summary>
    public async Task WaitAsync(TimeSpan delay, CancellationToken stopping)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var waiting = Task.Delay(delay, clock, ended.Token);
        _ = await Task.WhenAny(waiting, _wake.Task);
        await ended.CancelAsync();
        if (_wake.Task.IsCompleted)
        {
            _wake = NewSignal();
        }
    }

    private async Task RunAsync(Func<CancellationToken, Task> run)
    {
        using var stopping = new CancellationTokenSource();
        _cancel = stopping.CancelAsync;

        // What the loop does from now on is no part of the call that started it.
        Activity.Current = null;
        try
        {
            await run(stopping.Token);
        }
        finally
        {
            _cancel = null;
        }
    }
}
