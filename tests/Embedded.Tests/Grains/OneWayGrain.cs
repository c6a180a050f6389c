using Orleans.Concurrency;

namespace DataExport.Embedded.Tests;

public interface IOneWayGrain : IGrainWithStringKey
{
    [OneWay]
    Task HoldAsync(string name);

    [OneWay]
    Task FailAsync(string name);

    [OneWay]
    ValueTask FailLaterAsync(string name);

    Task<string> GetActivationAsync();

    /// <summary>Calls itself one-way, which would dead-lock if it waited.</summary>
    Task TellItselfAsync(string name);
}

public sealed class OneWayGrain(Signals signals) : Grain, IOneWayGrain
{
    private readonly string _activation = Guid.NewGuid().ToString();

    public Task HoldAsync(string name) => signals.HoldAsync(name);

    public Task FailAsync(string name)
    {
        signals.Record(name);
        throw new NotToBeDoneException(name);
    }

    public async ValueTask FailLaterAsync(string name)
    {
        await Task.Yield();
        await FailAsync(name);
    }

    public Task<string> GetActivationAsync() => Task.FromResult(_activation);

    public Task TellItselfAsync(string name) => this.AsReference<IOneWayGrain>().HoldAsync(name);
}
