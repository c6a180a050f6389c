using Orleans.Concurrency;
using Orleans.Serialization.Invocation;

namespace DataExport.Embedded.Tests;

public interface IReadGrain : IGrainWithStringKey
{
    [ReadOnly]
    Task ReadAsync(string name);

    Task WriteAsync(string name);

    /// <summary>Comes back when the grain has taken in what was sent before.</summary>
    [AlwaysInterleave]
    Task PassAsync();
}

public interface IReentrantGrain : IGrainWithStringKey
{
    Task HoldAsync(string name);

    /// <summary>Calls the other grain, which calls this one.</summary>
    Task<string> AskThroughAsync(string otherKey);

    Task<string> AskBackAsync(string otherKey);

    Task<string> GetKeyAsync();
}

public interface IChoosyGrain : IGrainWithStringKey
{
    Task HoldAsync(string name, bool mayPass);

    [AlwaysInterleave]
    Task PassAsync();
}

/// <summary>Each method records that it begins, waits for the signal of its name, and records that it ends.</summary>
public sealed class ReadGrain(Signals signals) : Grain, IReadGrain
{
    public Task ReadAsync(string name) => signals.HoldAsync(name);

    public Task WriteAsync(string name) => signals.HoldAsync(name);

    public Task PassAsync() => Task.CompletedTask;
}

[Reentrant]
public sealed class ReentrantGrain(Signals signals) : Grain, IReentrantGrain
{
    public Task HoldAsync(string name) => signals.HoldAsync(name);

    public Task<string> AskThroughAsync(string otherKey) =>
        GrainFactory.GetGrain<IReentrantGrain>(otherKey).AskBackAsync(this.GetPrimaryKeyString());

    public Task<string> AskBackAsync(string otherKey) =>
        GrainFactory.GetGrain<IReentrantGrain>(otherKey).GetKeyAsync();

    public Task<string> GetKeyAsync() => Task.FromResult(this.GetPrimaryKeyString());
}

[MayInterleave(nameof(MayPass))]
public sealed class ChoosyGrain(Signals signals) : Grain, IChoosyGrain
{
    public static bool MayPass(IInvokable call) =>
        call.GetMethodName() == nameof(HoldAsync) && (bool)call.GetArgument(1)!;

    public Task HoldAsync(string name, bool mayPass) => signals.HoldAsync(name);

    public Task PassAsync() => Task.CompletedTask;
}
