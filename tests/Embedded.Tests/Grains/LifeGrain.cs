using Microsoft.Extensions.DependencyInjection;

namespace DataExport.Embedded.Tests;

public interface ILifeGrain : IGrainWithStringKey
{
    Task<int> GetActivationNumberAsync();

    Task LeaveAsync();

    Task LeaveAndHoldAsync(string signal);

    Task StayAsync(TimeSpan delay);

    Task<bool> HasItsOwnServicesAsync();
}

/// <summary>What a test tells the activations of one key to do.</summary>
public sealed class LifeScript
{
    public int Activations { get; set; }

    public IGrainContext? LastContext { get; set; }

    public Exception? FailsToConstruct { get; set; }

    public Exception? FailsToActivate { get; set; }

    public Exception? FailsToDeactivate { get; set; }

    public bool LeavesWhileActivating { get; set; }

    public string? HoldsActivation { get; set; }

    public string? HoldsDeactivation { get; set; }
}

public sealed class LifeScripts
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, LifeScript> _scripts = new();

    public LifeScript this[string key] => _scripts.GetOrAdd(key, static _ => new LifeScript());
}

public sealed class ScopedThing : IDisposable
{
    public bool IsDisposed { get; private set; }

    public void Dispose() => IsDisposed = true;
}

public sealed class LifeGrain : Grain, ILifeGrain, IDisposable
{
    private readonly Signals _signals;
    private readonly LifeScript _script;
    private readonly ScopedThing _scoped;
    private readonly int _number;

    public LifeGrain(Signals signals, LifeScripts scripts, ScopedThing scoped, IGrainContext context)
    {
        _signals = signals;
        _scoped = scoped;
        _script = scripts[context.GrainId.Key.ToString()!];
        _number = ++_script.Activations;
        _script.LastContext = context;
        if (_script.FailsToConstruct is { } exception)
        {
            throw exception;
        }
    }

    private string Key => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _signals.Record($"{Key} activates {_number}");
        if (_script.LeavesWhileActivating)
        {
            _script.LeavesWhileActivating = false;
            DeactivateOnIdle();
        }

        if (_script.HoldsActivation is { } signal)
        {
            await _signals.WaitAsync(signal).WaitAsync(cancellationToken);
        }

        if (_script.FailsToActivate is { } exception)
        {
            throw exception;
        }
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _signals.Record($"{Key} deactivates {_number} {reason.ReasonCode}");
        if (_script.HoldsDeactivation is { } signal)
        {
            await _signals.WaitAsync(signal).WaitAsync(cancellationToken);
        }

        _signals.Record($"{Key} deactivated {_number}");
        if (_script.FailsToDeactivate is { } exception)
        {
            throw exception;
        }
    }

    public Task<int> GetActivationNumberAsync() => Task.FromResult(_number);

    public Task LeaveAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task LeaveAndHoldAsync(string signal)
    {
        DeactivateOnIdle();
        _signals.Set(signal + " begun");
        await _signals.WaitAsync(signal);
        _signals.Record(signal + " ended");
    }

    public Task StayAsync(TimeSpan delay)
    {
        DelayDeactivation(delay);
        return Task.CompletedTask;
    }

    public Task<bool> HasItsOwnServicesAsync() =>
        Task.FromResult(ReferenceEquals(ServiceProvider.GetRequiredService<ScopedThing>(), _scoped));

    public void Dispose() => _signals.Record($"{Key} disposed {_number}, its services {_scoped.IsDisposed}");
}
