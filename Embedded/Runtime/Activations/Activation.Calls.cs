namespace Orleans.Runtime;

/// <content>Which call runs when.</content>
internal sealed partial class Activation
{
    private CallQueue _waiting;
    private CallQueue _interleaving;
    private CallQueue _ticks;
    private CallSet _running;
    private GrainCall? _blocking;
    private uint _arrivals;

    private bool IsInactive => _running.IsEmpty && _waiting.IsEmpty && _interleaving.IsEmpty && _ticks.IsEmpty;

    /// <summary>Whether a turn would find something to do. Under the lock.</summary>
    private bool HasStep => _state switch
    {
        ActivationState.Creating => true,
        ActivationState.Valid =>
            !_interleaving.IsEmpty || (!_waiting.IsEmpty && _blocking is null) || !_ticks.IsEmpty,
        ActivationState.Deactivating => (_running.IsEmpty && !_isActivating) || !_ticks.IsEmpty,
        _ => false,
    };

    /// <summary>Takes a call in. False when the activation is gone.</summary>
    public bool TryReceive(GrainCall call)
    {
        bool start;
        lock (Turns)
        {
            if (_state is ActivationState.Invalid)
            {
                return false;
            }

            Enqueue(call);
            start = HasStep && Turns.TrySchedule();
        }

        if (start)
        {
            Turns.Schedule();
        }

        return true;
    }

    /// <summary>The next thing to do, if anything may start now. Under the lock.</summary>
    public bool TryTakeStep(out Step step)
    {
        step = default;
        switch (_state)
        {
            case ActivationState.Creating:
                _state = ActivationState.Activating;
                _isActivating = true;
                step = new Step(StepKind.Activate);
                return true;

            case ActivationState.Valid:
                return TryTakeCall(out step);

            case ActivationState.Deactivating when _running.IsEmpty && !_isActivating:
                _state = ActivationState.Leaving;
                step = new Step(StepKind.Leave);
                return true;

            case ActivationState.Deactivating when !_ticks.IsEmpty:
                step = TakeFrom(ref _ticks);
                return true;

            default:
                return false;
        }
    }

    /// <summary>Does the step, in a turn.</summary>
    public void Run(Step step)
    {
        switch (step.Kind)
        {
            case StepKind.Call:
                step.Call!.Begin(this);
                break;

            case StepKind.Activate:
                Activate();
                break;

            case StepKind.Leave:
                Leave();
                break;

            default:
                throw new InvalidOperationException($"Step {step.Kind} has no rule here.");
        }
    }

    public void OnCallEnded(GrainCall call)
    {
        bool start;
        bool isLast;
        lock (Turns)
        {
            _running.Remove(call);
            if (ReferenceEquals(_blocking, call))
            {
                _blocking = null;
            }

            if (call.KeepsAlive)
            {
                _idleSince = Class.Silo.Now;
            }

            start = HasStep && Turns.TrySchedule();
            isLast = Class.Silo.IsStopping && IsInactive;
        }

        if (start)
        {
            Turns.Schedule();
        }

        if (isLast)
        {
            // It came up while the silo was stopping, for a grain that was leaving.
            Deactivate(Silo.Stopping);
        }
    }

    private void Enqueue(GrainCall call)
    {
        call.Number = unchecked(_arrivals++);
        if (!call.Interleaves)
        {
            _waiting.Enqueue(call);
        }
        else if (call.IsLocal)
        {
            _ticks.Enqueue(call);
        }
        else
        {
            _interleaving.Enqueue(call);
        }

        if (!call.IsLocal)
        {
            Watch(call);
        }
    }

    private bool TryTakeCall(out Step step)
    {
        _waiting.SkipEnded();
        _interleaving.SkipEnded();
        _ticks.SkipEnded();
        var next = _blocking is null ? _waiting.Head : null;
        if (!_ticks.IsEmpty)
        {
            step = TakeFrom(ref _ticks);
        }
        else if (_interleaving.Head is { } passing && (next is null || passing.CameBefore(next)))
        {
            step = TakeFrom(ref _interleaving);
        }
        else if (next is not null)
        {
            step = TakeFrom(ref _waiting);
            _blocking = next;
        }
        else
        {
            step = default;
        }

        return step.Call is not null;
    }

    private Step TakeFrom(ref CallQueue queue)
    {
        var call = queue.Dequeue();
        _running.Add(call);
        return new Step(StepKind.Call, call);
    }

    /// <summary>The calls that never started, in the order of their arrival. Under the lock.</summary>
    private List<GrainCall>? TakeLeftovers()
    {
        if (_waiting.IsEmpty && _interleaving.IsEmpty)
        {
            return null;
        }

        var leftovers = new List<GrainCall>();
        while (!_waiting.IsEmpty)
        {
            leftovers.Add(_waiting.Dequeue());
        }

        while (!_interleaving.IsEmpty)
        {
            leftovers.Add(_interleaving.Dequeue());
        }

        leftovers.RemoveAll(static call => call.IsLocal || call.IsEnded);
        leftovers.Sort(static (one, other) => one.CameBefore(other) ? -1 : other.CameBefore(one) ? 1 : 0);
        return leftovers;
    }
}
