namespace DataExport.Bench;

/// <summary>The least that a grain can do: what is left is the runtime's own cost.</summary>
public interface ITrivialGrain : IGrainWithStringKey
{
    ValueTask<int> AddOneAsync(int value);

    Task<int> AddOneAsTaskAsync(int value);

    /// <summary>Answers, and leaves memory.</summary>
    ValueTask<int> AddOneAndLeaveAsync(int value);
}

/// <inheritdoc cref="ITrivialGrain"/>
public sealed class TrivialGrain : Grain, ITrivialGrain
{
    public ValueTask<int> AddOneAsync(int value) => new(value + 1);

    public Task<int> AddOneAsTaskAsync(int value) => Task.FromResult(value + 1);

    public ValueTask<int> AddOneAndLeaveAsync(int value)
    {
        DeactivateOnIdle();
        return new(value + 1);
    }
}
