using System.Collections.Concurrent;
using Orleans.Concurrency;

namespace DataExport.Embedded.Tests;

public interface IAloneGrain : IGrainWithStringKey
{
    Task WorkAsync(bool leave);

    [AlwaysInterleave]
    ValueTask PassAsync(bool leave);
}

/// <summary>How many activations of each key are alive, and how many there ever were at once.</summary>
public sealed class Census
{
    private readonly ConcurrentDictionary<string, int> _alive = new();
    private int _most;
    private int _activations;

    public int Most => _most;

    public int Activations => _activations;

    public int Alive => _alive.Values.Sum();

    public void Add(string key)
    {
        Interlocked.Increment(ref _activations);
        var alive = _alive.AddOrUpdate(key, 1, static (_, count) => count + 1);
        InterlockedMax(alive);
    }

    public void Remove(string key) => _alive.AddOrUpdate(key, 0, static (_, count) => count - 1);

    private void InterlockedMax(int alive)
    {
        for (var most = _most; alive > most; most = _most)
        {
            Interlocked.CompareExchange(ref _most, alive, most);
        }
    }
}

public sealed class AloneGrain(Census census) : Grain, IAloneGrain
{
    private int _turns;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        census.Add(this.GetPrimaryKeyString());
        await Task.Yield();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await Task.Yield();
        census.Remove(this.GetPrimaryKeyString());
    }

    public async Task WorkAsync(bool leave)
    {
        _turns.ShouldBe(0, "another turn of this activation is running");
        _turns++;
        if (leave)
        {
            DeactivateOnIdle();
        }

        _turns--;
        await Task.Yield();
        _turns.ShouldBe(0, "another turn of this activation is running");
    }

    public async ValueTask PassAsync(bool leave) => await WorkAsync(leave);
}
