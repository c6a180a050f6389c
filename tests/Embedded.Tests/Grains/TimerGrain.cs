using Orleans.Concurrency;

namespace DataExport.Embedded.Tests;

public interface ITimerGrain : IGrainWithStringKey
{
    /// <summary>Ticks record <c>key name n</c>.</summary>
    Task StartAsync(string name, TimeSpan dueTime, TimeSpan period);

    /// <summary>
    /// Ticks record that they begin, wait for the signal <c>key name n</c>, and record that they end.
    /// </summary>
    Task StartHoldingAsync(string name, TimeSpan dueTime, TimeSpan period, bool interleave, bool keepAlive);

    /// <summary>Its first tick throws, the later ones record.</summary>
    Task StartFailingAsync(string name, TimeSpan dueTime, TimeSpan period);

    /// <summary>One timer a callback shape, each due at once.</summary>
    Task StartAllShapesAsync();

    /// <summary>The first tick changes its own timer.</summary>
    Task StartChangingAsync(string name, TimeSpan dueTime, TimeSpan changedDueTime);

    [AlwaysInterleave]
    Task ChangeAsync(TimeSpan dueTime, TimeSpan period);

    [AlwaysInterleave]
    Task DisposeTimerAsync();

    Task HoldAsync(string signal);

    Task LeaveAsync();
}

public sealed class TimerGrain(Signals signals) : Grain, ITimerGrain
{
    private IGrainTimer? _timer;
    private int _ticks;

    private string Key => this.GetPrimaryKeyString();

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        signals.Record($"{Key} deactivates {reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public Task StartAsync(string name, TimeSpan dueTime, TimeSpan period)
    {
        _timer = this.RegisterGrainTimer(
            () =>
            {
                signals.Record($"{Key} {name} {++_ticks}");
                return Task.CompletedTask;
            },
            dueTime,
            period);
        return Task.CompletedTask;
    }

    public Task StartHoldingAsync(string name, TimeSpan dueTime, TimeSpan period, bool interleave, bool keepAlive)
    {
        _timer = this.RegisterGrainTimer(
            async token =>
            {
                var tick = $"{Key} {name} {++_ticks}";
                signals.Record(tick + " begins");
                try
                {
                    await signals.WaitAsync(tick).WaitAsync(token);
                }
                catch (OperationCanceledException)
                {
                    signals.Set(tick + " cancelled");
                }

                signals.Record(tick + " ends");
            },
            new GrainTimerCreationOptions(dueTime, period) { Interleave = interleave, KeepAlive = keepAlive });
        return Task.CompletedTask;
    }

    public Task StartFailingAsync(string name, TimeSpan dueTime, TimeSpan period)
    {
        _timer = this.RegisterGrainTimer(
            () =>
            {
                if (++_ticks == 1)
                {
                    throw new NotToBeDoneException("first tick");
                }

                signals.Record($"{Key} {name} {_ticks}");
                return Task.CompletedTask;
            },
            dueTime,
            period);
        return Task.CompletedTask;
    }

    public Task StartAllShapesAsync()
    {
        var options = new GrainTimerCreationOptions(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        var scheduler = TaskScheduler.Current;
        Task Tick(string shape)
        {
            signals.Record($"{Key} {shape} {TaskScheduler.Current == scheduler}");
            return Task.CompletedTask;
        }

        this.RegisterGrainTimer(() => Tick("plain"), options);
        this.RegisterGrainTimer(_ => Tick("token"), options);
        this.RegisterGrainTimer(state => Tick(state), "state", options);
        this.RegisterGrainTimer((state, _) => Tick(state), "state and token", options);
        return Task.CompletedTask;
    }

    public Task StartChangingAsync(string name, TimeSpan dueTime, TimeSpan changedDueTime)
    {
        _timer = this.RegisterGrainTimer(
            () =>
            {
                signals.Record($"{Key} {name} {++_ticks}");
                if (_ticks == 1)
                {
                    _timer!.Change(changedDueTime, Timeout.InfiniteTimeSpan);
                }

                return Task.CompletedTask;
            },
            dueTime,
            Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public Task ChangeAsync(TimeSpan dueTime, TimeSpan period)
    {
        _timer!.Change(dueTime, period);
        return Task.CompletedTask;
    }

    public Task DisposeTimerAsync()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    public async Task HoldAsync(string signal)
    {
        signals.Set(signal + " begun");
        await signals.WaitAsync(signal);
    }

    public Task LeaveAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
