using System.Collections.Concurrent;

namespace DataExport.Embedded.Tests;

/// <summary>
/// What tests and their grains tell each other, so that nobody has to sleep. A singleton of the silo.
/// </summary>
public sealed class Signals
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> _signals = new();
    private readonly ConcurrentQueue<string> _events = new();

    /// <summary>What happened, in order.</summary>
    public IReadOnlyList<string> Events => [.. _events];

    public void Record(string what)
    {
        _events.Enqueue(what);
        Set(what);
    }

    public void Set(string name, string value = "") => Source(name).TrySetResult(value);

    /// <summary>Waits, in real time and not for ever.</summary>
    public Task<string> WaitAsync(string name) => Source(name).Task.WaitAsync(Patience.Limit);

    /// <summary>Records that something begins, waits for the signal of its name, and records that it ends.</summary>
    public async Task HoldAsync(string name)
    {
        Record(name + " begins");
        await WaitAsync(name);
        Record(name + " ends");
    }

    public bool IsSet(string name) => Source(name).Task.IsCompleted;

    private TaskCompletionSource<string> Source(string name) => _signals.GetOrAdd(
        name, static _ => new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously));
}
