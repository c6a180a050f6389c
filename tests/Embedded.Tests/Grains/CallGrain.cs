using System.Collections.Immutable;
using Orleans.Concurrency;

namespace DataExport.Embedded.Tests;

public interface ICallGrain : IGrainWithStringKey
{
    Task DoAsync(string what);

    Task<int> AddAsync(int one, int other);

    ValueTask TouchAsync();

    ValueTask<string> GetKeyAsync();

    Task<string> GetGrainIdAsync();

    Task<string> GetActivationAsync();

    Task<ImmutableArray<int>> CountAsync(int count);

    Task FailAsync(string message);

    Task FailAtOnceAsync(string message);

    ValueTask<int> FailLaterAsync(string message);

    Task<string> AskAsync(string otherKey);

    Task<ICallGrain> GetSelfAsync();

    Task CancelItselfAsync();

    Task<string> WaitAsync(string signal, CancellationToken cancellationToken);

    Task CallItselfAsync();
}

/// <summary>Orleans sends only those exceptions as they are that have a serializer.</summary>
[GenerateSerializer]
public sealed class NotToBeDoneException(string message) : Exception(message);

public sealed class CallGrain(Signals signals) : Grain, ICallGrain
{
    private readonly string _activation = Guid.NewGuid().ToString();

    public Task DoAsync(string what)
    {
        signals.Record(what);
        return Task.CompletedTask;
    }

    public Task<int> AddAsync(int one, int other) => Task.FromResult(one + other);

    public async ValueTask TouchAsync() => await Task.Yield();

    public ValueTask<string> GetKeyAsync() => new(this.GetPrimaryKeyString());

    public Task<string> GetGrainIdAsync() => Task.FromResult(this.GetGrainId().ToString());

    public Task<string> GetActivationAsync() => Task.FromResult(_activation);

    public Task<ImmutableArray<int>> CountAsync(int count) =>
        Task.FromResult(Enumerable.Range(0, count).ToImmutableArray());

    public async Task FailAsync(string message)
    {
        await Task.Yield();
        throw new NotToBeDoneException(message);
    }

    public Task FailAtOnceAsync(string message) => throw new NotToBeDoneException(message);

    public async ValueTask<int> FailLaterAsync(string message)
    {
        await Task.Yield();
        throw new NotToBeDoneException(message);
    }

    public async Task<string> AskAsync(string otherKey) =>
        await GrainFactory.GetGrain<ICallGrain>(otherKey).GetKeyAsync();

    public Task<ICallGrain> GetSelfAsync() => Task.FromResult(this.AsReference<ICallGrain>());

    public Task CancelItselfAsync() => throw new OperationCanceledException("by itself");

    public async Task<string> WaitAsync(string signal, CancellationToken cancellationToken)
    {
        var context = TaskScheduler.Current;
        using var registration = cancellationToken.Register(() => signals.Set(
            signal + " cancelled", ReferenceEquals(TaskScheduler.Current, context) ? "in turn" : "elsewhere"));
        signals.Set(signal + " begun");
        return await signals.WaitAsync(signal);
    }

    public Task CallItselfAsync() =>
        GrainFactory.GetGrain<ICallGrain>(this.GetPrimaryKeyString()).TouchAsync().AsTask();
}

/// <summary>Two classes implement it, none is named for it.</summary>
public interface IAnimalGrain : IGrainWithStringKey
{
    Task<string> SpeakAsync();
}

public sealed class CatGrain : Grain, IAnimalGrain
{
    public Task<string> SpeakAsync() => Task.FromResult("miaow");
}

[GrainType("hound")]
public sealed class DogGrain : Grain, IAnimalGrain
{
    public Task<string> SpeakAsync() => Task.FromResult("wuff " + this.GetGrainId());
}

/// <summary>Nobody implements it.</summary>
public interface IUnicornGrain : IGrainWithStringKey
{
    Task SpeakAsync();
}

public interface IBaseGrain : IGrainWithStringKey
{
    Task<string> BaseAsync();
}

public interface IDerivedGrain : IBaseGrain
{
    [AlwaysInterleave]
    Task<string> DerivedAsync();
}

public sealed class DerivedGrain : Grain, IDerivedGrain
{
    public Task<string> BaseAsync() => Task.FromResult("base");

    public Task<string> DerivedAsync() => Task.FromResult("derived");
}
