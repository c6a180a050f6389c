using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <content>Which call runs when.</content>
internal sealed partial class Activation
{
    private CallQueue _waiting;
    private CallQueue _reading;
    private CallQueue _interleaving;
    private CallQueue _ticks;
    private CallSet _running;
    private GrainCall? _blocking;
    private uint _arrivals;

    private GrainCall? _outgoing;

    /// <summary>A call that runs here, for the chain of a call that has waited too long. Without the lock.</summary>
    public GrainCall? Busy => _blocking ?? _running.First;

    /// <summary>A call that was made here last and is not answered. Without the lock.</summary>
    public GrainCall? Outgoing
    {
        get => Volatile.Read(ref _outgoing);
        set => Volatile.Write(ref _outgoing, value);
    }

    private bool IsInactive => _running.IsEmpty && _waiting.IsEmpty && _reading.IsEmpty && _interleaving.IsEmpty
        && _ticks.IsEmpty;

    /// <summary>
    /// The call that may start by turn: any when none that blocks is running; as long as that only reads, readers. As
    /// in Orleans the reader that came first decides: once it has ended, the next may write though others still read.
    /// </summary>
    private GrainCall? Next => _blocking switch
    {
        null => Earlier(_waiting.Head, _reading.Head),
        { Method.IsReadOnly: true } => _reading.Head,
        _ => null,
    };

    /// <summary>Whether a turn would find something to do. Under the lock.</summary>
    private bool HasStep => _state switch
    {
        ActivationState.Creating => true,
        ActivationState.Valid => !_interleaving.IsEmpty || !_ticks.IsEmpty || Next is not null,
        ActivationState.Deactivating => (_running.IsEmpty && !_isActivating) || !_ticks.IsEmpty,
        _ => false,
    };

    /// <summary>Takes a call in. False when the activation is gone.</summary>
    public bool TryReceive(GrainCall call)
    {
        if (Class.MayInterleave is { } mayInterleave && !TryAsk(mayInterleave, call))
        {
            return true;
        }

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

    /// <summary>Whoever asked waits for the call no more.</summary>
    public void ForgetOutgoing(GrainCall call) => Interlocked.CompareExchange(ref _outgoing, null, call);

    /// <summary>How busy the activation is: 0 when idle, else one more than the calls that wait.</summary>
    /// <param name="max">Where counting ends. What is leaving or gone is busier than anything.</param>
    public int GetLoad(int max)
    {
        lock (Turns)
        {
            if (_state >= ActivationState.Deactivating)
            {
                return int.MaxValue;
            }

            return IsInactive ? 0 : 1 + _waiting.Count(max) + _reading.Count(max) + _interleaving.Count(max);
        }
    }

    /// <summary>Asks the grain class whether the call may pass others. False when it was rejected instead.</summary>
    private static bool TryAsk(Func<IInvokable, bool> mayInterleave, GrainCall call)
    {
        try
        {
            call.Stage = mayInterleave(call) ? CallStage.Passing : CallStage.Waiting;
            return true;
        }
        catch (Exception exception)
        {
            call.Reject(exception);
            return false;
        }
    }

    private static GrainCall? Earlier(GrainCall? one, GrainCall? other) =>
        other is null || one?.CameBefore(other) == true ? one : other;

    private void Enqueue(GrainCall call)
    {
        call.Arrive(this, unchecked(_arrivals++));
        if (!call.Interleaves && !Class.IsReentrant && call.Stage is not CallStage.Passing)
        {
            (call.Method.IsReadOnly ? ref _reading : ref _waiting).Enqueue(call);
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
        _reading.SkipEnded();
        _interleaving.SkipEnded();
        _ticks.SkipEnded();
        var next = Next;
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
            step = TakeFrom(ref next.Method.IsReadOnly ? ref _reading : ref _waiting);
            _blocking ??= next;
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
        if (_waiting.IsEmpty && _reading.IsEmpty && _interleaving.IsEmpty)
        {
            return null;
        }

        var leftovers = new List<GrainCall>();
        _waiting.MoveTo(leftovers);
        _reading.MoveTo(leftovers);
        _interleaving.MoveTo(leftovers);
        leftovers.RemoveAll(static call => call.IsLocal || call.IsEnded);
        leftovers.Sort(static (one, other) => one.CameBefore(other) ? -1 : other.CameBefore(one) ? 1 : 0);
        return leftovers;
    }
}
