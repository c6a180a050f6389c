using Orleans.Concurrency;

namespace DataExport.Embedded.Tests;

public interface ITurnGrain : IGrainWithStringKey
{
    /// <summary>Records that it begins, waits for the signal, records that it ends.</summary>
    Task HoldAsync(string name);

    [AlwaysInterleave]
    Task HoldInterleavingAsync(string name);

    Task RecordAsync(string name);

    [AlwaysInterleave]
    Task RecordInterleavingAsync(string name);

    /// <summary>Adds one in a way that loses counts if two turns ever overlap.</summary>
    [AlwaysInterleave]
    Task CountAsync();

    Task<int> GetCountAsync();

    /// <summary>Whether all awaits of the method came back to the same scheduler.</summary>
    Task<bool> StaysInItsTurnsAsync();

    Task LeaveAnAsyncLocalAsync();

    Task<string?> ReadTheAsyncLocalAsync();
}

public sealed class TurnGrain(Signals signals) : Grain, ITurnGrain
{
    private static readonly AsyncLocal<string?> s_ambient = new();

    private int _count;

    public async Task HoldAsync(string name)
    {
        signals.Record(name + " begins");
        await signals.WaitAsync(name);
        signals.Record(name + " ends");
    }

    public Task HoldInterleavingAsync(string name) => HoldAsync(name);

    public Task RecordAsync(string name)
    {
        signals.Record(name);
        return Task.CompletedTask;
    }

    public Task RecordInterleavingAsync(string name) => RecordAsync(name);

    public async Task CountAsync()
    {
        var before = _count;
        for (var i = 0; i < 20; i++)
        {
            before = _count;
        }

        _count = before + 1;
        await Task.Yield();
        before = _count;
        _count = before + 1;
    }

    public Task<int> GetCountAsync() => Task.FromResult(_count);

    public async Task<bool> StaysInItsTurnsAsync()
    {
        var scheduler = TaskScheduler.Current;
        var stays = scheduler != TaskScheduler.Default;
        await Task.Yield();
        stays &= TaskScheduler.Current == scheduler;
        await Task.Run(() => signals.Set("from the pool"));
        stays &= TaskScheduler.Current == scheduler;
        await GrainFactory.GetGrain<ITurnGrain>("another").RecordAsync("asked");
        stays &= TaskScheduler.Current == scheduler;
        stays &= await Task.Factory.StartNew(
            () => TaskScheduler.Current == scheduler,
            CancellationToken.None,
            TaskCreationOptions.None,
            TaskScheduler.Current);
        return stays;
    }

    public Task LeaveAnAsyncLocalAsync()
    {
        s_ambient.Value = "left behind";
        return Task.CompletedTask;
    }

    public Task<string?> ReadTheAsyncLocalAsync() => Task.FromResult(s_ambient.Value);
}
