namespace Orleans.Runtime;

/// <summary>The silo's one timer: keeps the coarse time, and looks at the activations that are due.</summary>
internal sealed class Heartbeat(Silo silo, TimeSpan period)
{
    private readonly long _start = silo.Clock.GetTimestamp();
    private readonly List<GrainCall> _expired = [];
    private ITimer? _timer;
    private long _now;
    private int _isBeating;

    public TimeSpan Period { get; } = period;

    public long Now => Volatile.Read(ref _now);

    public void Start()
    {
        _timer ??= NonFlowingTimer.Create(silo.Clock, static self => ((Heartbeat)self!).Beat(), this);
        _timer.Change(Period, Period);
    }

    public void Stop() => _timer?.Dispose();

    private void Beat()
    {
        var now = silo.Clock.GetElapsedTime(_start).Ticks;
        Volatile.Write(ref _now, now);
        if (Interlocked.Exchange(ref _isBeating, 1) != 0)
        {
            // The last beat is still at work and goes on until nothing is due.
            return;
        }

        try
        {
            while (silo.CallWheel.TakeDue(Now) is { } node)
            {
                Look(node, static (beat, activation) => activation.CheckCalls(beat.Now, beat._expired));
            }

            AnswerExpired();

            while (silo.IdleWheel.TakeDue(Now) is { } node)
            {
                Look(node, static (beat, activation) => activation.CheckIdleness(beat.Now));
            }
        }
        finally
        {
            Volatile.Write(ref _isBeating, 0);
        }
    }

    /// <summary>
    /// All are described before any is answered: an answer ends calls further up, and with them the chain.
    /// </summary>
    private void AnswerExpired()
    {
        if (_expired.Count == 0)
        {
            return;
        }

        var timeouts = _expired.ConvertAll(silo.CreateTimeout);
        for (var i = 0; i < timeouts.Count; i++)
        {
            _expired[i].Reject(timeouts[i]);
        }

        _expired.Clear();
    }

    private void Look(WheelNode node, Action<Heartbeat, Activation> look)
    {
        try
        {
            look(this, node.Activation!);
        }
        catch (Exception exception)
        {
            // The others must be looked at all the same.
            silo.LogHeartbeatFailed(exception);
        }
    }
}
