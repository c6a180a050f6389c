using Orleans.Concurrency;

namespace DataExport.Embedded.Tests;

public interface IContextGrain : IGrainWithStringKey
{
    Task<string?> GetAsync(string name);

    /// <summary>What the next grain sees when this one asks it.</summary>
    Task<string?> GetThroughAsync(string otherKey, string name);

    Task SetAsync(string name, string value);

    /// <summary>Sets the value and asks the next grain for it.</summary>
    Task<string?> SetAndGetThroughAsync(string otherKey, string name, string value);

    Task<string?> GetWhileActivatingAsync();

    [OneWay]
    Task TellAsync(string name);
}

public sealed class ContextGrain(Signals signals) : Grain, IContextGrain
{
    private string? _whileActivating;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _whileActivating = (string?)RequestContext.Get("activating");
        return Task.CompletedTask;
    }

    public async Task<string?> GetAsync(string name)
    {
        await Task.Yield();
        return (string?)RequestContext.Get(name);
    }

    public Task<string?> GetThroughAsync(string otherKey, string name) =>
        GrainFactory.GetGrain<IContextGrain>(otherKey).GetAsync(name);

    public Task SetAsync(string name, string value)
    {
        RequestContext.Set(name, value);
        return Task.CompletedTask;
    }

    public async Task<string?> SetAndGetThroughAsync(string otherKey, string name, string value)
    {
        RequestContext.Set(name, value);
        return await GetThroughAsync(otherKey, name);
    }

    public Task<string?> GetWhileActivatingAsync() => Task.FromResult(_whileActivating);

    public Task TellAsync(string name)
    {
        signals.Set($"{this.GetPrimaryKeyString()} told", (string?)RequestContext.Get(name) ?? "nothing");
        return Task.CompletedTask;
    }
}
