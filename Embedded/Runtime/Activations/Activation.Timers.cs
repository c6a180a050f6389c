namespace Orleans.Runtime;

/// <content>Timers live as long as the activation is valid.</content>
internal sealed partial class Activation
{
    public IGrainTimer RegisterTimer<TState>(
        Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        GrainTimer.RequireValid(options.DueTime, options.Period);
        var timer = new GrainTimer<TState>(this, callback, state, options);
        lock (Turns)
        {
            _extras ??= new ActivationExtras();
            _extras.Timers ??= [];
            _extras.Timers.Add(timer);
        }

        timer.Change(options.DueTime, options.Period);
        return timer;
    }

    public void Forget(IGrainTimer timer)
    {
        lock (Turns)
        {
            _extras?.Timers?.Remove(timer);
        }
    }

    private void DisposeTimers()
    {
        List<IGrainTimer>? timers;
        lock (Turns)
        {
            timers = _extras?.Timers;
            _extras?.Timers = null;
        }

        foreach (var timer in timers ?? [])
        {
            timer.Dispose();
        }
    }
}
