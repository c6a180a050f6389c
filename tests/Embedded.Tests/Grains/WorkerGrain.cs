using Orleans.Concurrency;

namespace DataExport.Embedded.Tests;

public interface IWorkerGrain : IGrainWithStringKey
{
    /// <summary>Records that it begins, waits for the signal, and returns which activation did it.</summary>
    Task<string> HoldAsync(string name);

    Task<string> WorkAsync();

    Task LeaveAsync();
}

/// <summary>How many workers are at work, and how many were at once.</summary>
public sealed class Workers
{
    private readonly Lock _gate = new();
    private int _atWork;

    public int Most { get; private set; }

    public void Begin()
    {
        lock (_gate)
        {
            Most = Math.Max(Most, ++_atWork);
        }
    }

    public void End()
    {
        lock (_gate)
        {
            _atWork--;
        }
    }
}

[StatelessWorker(3)]
public sealed class WorkerGrain(Signals signals, Workers workers) : Grain, IWorkerGrain
{
    private readonly string _activation = Guid.NewGuid().ToString();
    private bool _isAtWork;

    public async Task<string> HoldAsync(string name)
    {
        await signals.HoldAsync(name);
        return _activation;
    }

    public async Task<string> WorkAsync()
    {
        _isAtWork.ShouldBeFalse("another call of this activation is running");
        _isAtWork = true;
        workers.Begin();
        await Task.Yield();
        workers.End();
        _isAtWork = false;
        return _activation;
    }

    public Task LeaveAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
