using Orleans.Concurrency;

namespace DataExport.Embedded.Tests;

public interface IFilteredGrain : IGrainWithStringKey
{
    Task<string> EchoAsync(string text);

    ValueTask<int> AddAsync(int one, int other);

    Task DoAsync(string text);

    Task<string> FailAsync(string message);

    [OneWay]
    Task TellAsync(string text);

    /// <summary>Lets another grain of the same class echo.</summary>
    Task<string> AskAsync(string otherKey, string text);
}

/// <summary>Its methods pass through itself too.</summary>
public sealed class FilteredGrain(Signals signals) : Grain, IFilteredGrain, IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        signals.Record("grain in");
        await context.Invoke();
        signals.Record("grain out");
    }

    public Task<string> EchoAsync(string text)
    {
        signals.Record($"echo {text}");
        return Task.FromResult(text);
    }

    public async ValueTask<int> AddAsync(int one, int other)
    {
        await Task.Yield();
        return one + other;
    }

    public Task DoAsync(string text)
    {
        signals.Record($"do {text}");
        return Task.CompletedTask;
    }

    public Task<string> FailAsync(string message) => throw new NotToBeDoneException(message);

    public Task TellAsync(string text)
    {
        signals.Record($"tell {text}");
        return Task.CompletedTask;
    }

    public Task<string> AskAsync(string otherKey, string text) =>
        GrainFactory.GetGrain<IFilteredGrain>(otherKey).EchoAsync(text);
}

/// <summary>A filter with a service injected.</summary>
public sealed class RecordingFilter(Signals signals) : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        // Orleans passes calls of its own grains through it too.
        if (context.Grain is not FilteredGrain)
        {
            await context.Invoke();
            return;
        }

        signals.Record("class in");
        await context.Invoke();
        signals.Record("class out");
    }
}
