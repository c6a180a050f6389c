using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Runtime;

/// <content>How an activation comes and goes.</content>
internal sealed partial class Activation
{
    private bool _isActivating;
    private bool _wasValid;

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        CancellationTokenSource? activating;
        bool start;
        lock (Turns)
        {
            if (_state is ActivationState.Invalid)
            {
                return;
            }

            _extras ??= new ActivationExtras();
            if (_extras.Reason.ReasonCode is DeactivationReasonCode.None)
            {
                _extras.Reason = deactivationReason;
            }

            if (_state is ActivationState.Deactivating or ActivationState.Leaving)
            {
                return;
            }

            activating = _extras.Patience;
            _wasValid = _state is ActivationState.Valid;
            _state = ActivationState.Deactivating;
            _extras.HurryToken = cancellationToken;
            _extras.PatienceEnd = Class.Silo.After(Class.Silo.DeactivationTimeout);
            start = HasStep && Turns.TrySchedule();
        }

        if (activating is not null)
        {
            Class.Silo.Cancel(activating, GrainId);
        }

        if (start)
        {
            Turns.Schedule();
        }
    }

    /// <summary>Puts calls into this activation, which nobody has seen yet, and makes it known by them.</summary>
    public void Adopt(List<GrainCall> calls, Func<Activation, bool> publish)
    {
        lock (Turns)
        {
            if (!publish(this))
            {
                return;
            }

            foreach (var call in calls)
            {
                Enqueue(call);
            }

            calls.Clear();
            Turns.TrySchedule();
        }

        Turns.Schedule();
    }

    private void Activate()
    {
        try
        {
            if (RequestContext.IsUsed && FirstValues() is { } values)
            {
                RequestContext.Import(values);
            }

            GrainInstance = Class.Construct(this);
        }
        catch (Exception exception)
        {
            OnActivationFailed(new InvalidOperationException(
                $"Failed to create an instance of grain type '{Class.Implementation}'. See InnerException for details.",
                exception));
            return;
        }

        if (Class.OverridesOnActivate || _extras?.States is not null)
        {
            _ = ActivateAsync();
        }
        else
        {
            EndActivating();
        }
    }

    /// <summary>The request context of the call that has brought the activation up.</summary>
    private Dictionary<string, object>? FirstValues()
    {
        lock (Turns)
        {
            return Earlier(Earlier(_waiting.Head, _reading.Head), _interleaving.Head)?.RequestValues;
        }
    }

    private async Task ActivateAsync()
    {
        try
        {
            var patience = BePatient(Class.Silo.After(Class.Silo.ActivationTimeout));
            foreach (var state in _extras!.States ?? [])
            {
                await state.LoadAsync(patience).WaitAsync(patience);
            }

            await ((IGrainBase)GrainInstance!).OnActivateAsync(patience).WaitAsync(patience);
            EndActivating();
        }
        catch (Exception exception)
        {
            OnActivationFailed(exception);
        }
    }

    private void EndActivating()
    {
        bool start;
        lock (Turns)
        {
            _isActivating = false;
            if (_state is ActivationState.Activating)
            {
                _state = ActivationState.Valid;
                _idleSince = Class.Silo.Now;
                WatchIdleness();
            }

            _extras?.Patience = null;
            start = HasStep && Turns.TrySchedule();
        }

        if (start)
        {
            Turns.Schedule();
        }
    }

    /// <summary>The waiting calls fail with the very exception; the next call tries afresh.</summary>
    private void OnActivationFailed(Exception exception)
    {
        Class.Silo.LogActivationFailed(exception, GrainId);
        lock (Turns)
        {
            _extras?.Patience = null;
        }

        Deactivate(new DeactivationReason(
            DeactivationReasonCode.ActivationFailed, exception, "Failed to activate grain."));
        EndActivating();
    }

    private void Leave()
    {
        DisposeTimers();
        if ((_wasValid && Class.OverridesOnDeactivate) || GrainInstance is IDisposable or IAsyncDisposable
            || _extras?.Scope is not null)
        {
            _ = LeaveAsync();
        }
        else
        {
            OnLeft();
        }
    }

    private async Task LeaveAsync()
    {
        if (_wasValid && Class.OverridesOnDeactivate)
        {
            try
            {
                var patience = BePatient(_extras!.PatienceEnd);
                await ((IGrainBase)GrainInstance!).OnDeactivateAsync(_extras.Reason, patience).WaitAsync(patience);
            }
            catch (Exception exception)
            {
                // The activation leaves all the same: its calls wait for the next one.
                Class.Silo.LogDeactivationFailed(exception, GrainId);
            }
        }

        await DisposeAsync(GrainInstance);
        if (_extras?.Scope is { } scope)
        {
            await DisposeAsync(scope);
        }

        OnLeft();
    }

    private async Task DisposeAsync(object? resource)
    {
        try
        {
            if (resource is IAsyncDisposable later)
            {
                await later.DisposeAsync();
            }
            else
            {
                (resource as IDisposable)?.Dispose();
            }
        }
        catch (Exception exception)
        {
            Class.Silo.LogDeactivationFailed(exception, GrainId);
        }
    }

    private void OnLeft()
    {
        List<GrainCall>? leftovers;
        Exception? failure;
        TaskCompletionSource? gone;
        lock (Turns)
        {
            _state = ActivationState.Invalid;
            leftovers = TakeLeftovers();
            failure = _extras?.Reason.Exception;
            gone = _extras?.Gone;
            _extras = null;

            // References to the grain may live on and hold this object: let go of what is heavy.
            GrainInstance = null;
            Unwatch();
        }

        Class.OnLeft(this, leftovers, failure);
        gone?.TrySetResult();
    }

    /// <summary>A token that is cancelled at <paramref name="end"/>, or when the one who asked is in a hurry.</summary>
    private CancellationToken BePatient(long end)
    {
        lock (Turns)
        {
            _extras ??= new ActivationExtras();
            _extras.Patience = _extras.HurryToken.CanBeCanceled
                ? CancellationTokenSource.CreateLinkedTokenSource(_extras.HurryToken)
                : new CancellationTokenSource();
            _extras.PatienceEnd = end;
            WatchPatience(end);
            return _extras.Patience.Token;
        }
    }
}
