namespace DataExport.Embedded.Tests;

/// <summary>A grain's own view of its key: id, first part, extension.</summary>
[GenerateSerializer, Immutable]
public sealed record KeyView(
    [property: Id(0)] string GrainId,
    [property: Id(1)] string Key,
    [property: Id(2)] string? Extension);

public interface IGuidKeyGrain : IGrainWithGuidKey
{
    Task<KeyView> GetAsync();
}

public interface IIntegerKeyGrain : IGrainWithIntegerKey
{
    Task<KeyView> GetAsync();

    Task<string> GetActivationAsync();
}

public interface IGuidPairGrain : IGrainWithGuidCompoundKey
{
    Task<KeyView> GetAsync();
}

public interface IIntegerPairGrain : IGrainWithIntegerCompoundKey
{
    Task<KeyView> GetAsync();
}

public sealed class GuidKeyGrain : Grain, IGuidKeyGrain
{
    public Task<KeyView> GetAsync() =>
        Task.FromResult(new KeyView(this.GetGrainId().ToString(), $"{this.GetPrimaryKey()}", null));
}

public sealed class IntegerKeyGrain : Grain, IIntegerKeyGrain
{
    private readonly string _activation = Guid.NewGuid().ToString();

    public Task<KeyView> GetAsync() =>
        Task.FromResult(new KeyView(this.GetGrainId().ToString(), $"{this.GetPrimaryKeyLong()}", null));

    public Task<string> GetActivationAsync() => Task.FromResult(_activation);
}

public sealed class GuidPairGrain : Grain, IGuidPairGrain
{
    public Task<KeyView> GetAsync() => Task.FromResult(
        new KeyView(this.GetGrainId().ToString(), $"{this.GetPrimaryKey(out var extension)}", extension));
}

public sealed class IntegerPairGrain : Grain, IIntegerPairGrain
{
    public Task<KeyView> GetAsync() => Task.FromResult(
        new KeyView(this.GetGrainId().ToString(), $"{this.GetPrimaryKeyLong(out var extension)}", extension));
}
