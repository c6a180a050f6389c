namespace Orleans.Runtime;

/// <content>What the silo's heartbeat asks: has a call waited too long, has nobody called for long.</content>
internal sealed partial class Activation
{
    private WheelNode? _callWatch;
    private WheelNode? _idleWatch;
    private long _idleSince;

    /// <summary>
    /// Finds calls that have waited too long, and ends patience. Sees to it that it is asked again in time.
    /// </summary>
    public void CheckCalls(long now, List<GrainCall> expired)
    {
        CancellationTokenSource? impatient = null;
        lock (Turns)
        {
            if (IsGone)
            {
                return;
            }

            var due = long.MaxValue;
            CheckCalls(_waiting.Head, now, ref due, expired);
            CheckCalls(_reading.Head, now, ref due, expired);
            CheckCalls(_interleaving.Head, now, ref due, expired);
            CheckCalls(_running.First, now, ref due, expired);
            _waiting.RemoveEnded();
            _reading.RemoveEnded();
            _interleaving.RemoveEnded();
            if (_extras is { Patience: not null } extras)
            {
                if (extras.PatienceEnd <= now)
                {
                    impatient = extras.Patience;
                    extras.Patience = null;
                }
                else
                {
                    due = Math.Min(due, extras.PatienceEnd);
                }
            }

            Class.Silo.CallWheel.Add(_callWatch!, due);
        }

        if (impatient is not null)
        {
            Class.Silo.Cancel(impatient, GrainId);
        }
    }

    /// <summary>Asks the activation to leave when nobody has called for its class' age.</summary>
    public void CheckIdleness(long now)
    {
        lock (Turns)
        {
            if (_state is not ActivationState.Valid)
            {
                return;
            }

            var due = _idleSince + Class.AgeLimitTicks;
            if (_extras is { } extras && extras.KeepAliveUntil > now)
            {
                due = Math.Max(extras.KeepAliveUntil, due);
            }

            if (!IsInactive)
            {
                due = Math.Max(due, now + Class.AgeLimitTicks);
            }

            if (due > now)
            {
                Class.Silo.IdleWheel.Add(_idleWatch!, due);
                return;
            }
        }

        Deactivate(new DeactivationReason(DeactivationReasonCode.ActivationIdle, "This activation has become idle."));
    }

    public void DelayDeactivation(TimeSpan delay)
    {
        RuntimeContext.RequirePresent(this);
        lock (Turns)
        {
            _extras ??= new ActivationExtras();
            var isDelayed = delay > TimeSpan.Zero || delay == Timeout.InfiniteTimeSpan;
            _extras.KeepAliveUntil = isDelayed ? Class.Silo.After(delay) : 0;
            if (_state is ActivationState.Valid)
            {
                // What was to stay for ever is watched no more, and what was to stay long is looked at late.
                WatchIdleness();
            }
        }
    }

    private void CheckCalls(GrainCall? first, long now, ref long due, List<GrainCall> expired)
    {
        for (var call = first; call is not null; call = call.Next)
        {
            var isUnheard = call.Method.IsOneWay && call.Stage is CallStage.Begun;
            if (call.IsLocal || call.IsEnded || isUnheard)
            {
                continue;
            }

            var end = Class.Silo.EndOf(call);
            if (end > now)
            {
                due = Math.Min(due, end);
            }
            else
            {
                call.IsExpired = true;
                expired.Add(call);
            }
        }
    }

    private void Watch(GrainCall call)
    {
        _callWatch ??= new WheelNode(this);
        Class.Silo.CallWheel.Add(_callWatch, Class.Silo.EndOf(call));
    }

    private void WatchPatience(long end)
    {
        _callWatch ??= new WheelNode(this);
        Class.Silo.CallWheel.Add(_callWatch, end);
    }

    private void WatchIdleness()
    {
        if (Class.AgeLimitTicks < long.MaxValue)
        {
            _idleWatch ??= new WheelNode(this);
            Class.Silo.IdleWheel.Add(
                _idleWatch, Math.Max(_idleSince + Class.AgeLimitTicks, _extras?.KeepAliveUntil ?? 0));
        }
    }

    private void Unwatch()
    {
        if (_callWatch is not null)
        {
            Class.Silo.CallWheel.Remove(_callWatch);
        }

        if (_idleWatch is not null)
        {
            Class.Silo.IdleWheel.Remove(_idleWatch);
        }
    }
}
