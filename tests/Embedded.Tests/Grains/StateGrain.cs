namespace DataExport.Embedded.Tests;

[GenerateSerializer]
public sealed class Account
{
    [Id(0)]
    public string? Owner { get; set; }

    [Id(1)]
    public int Balance { get; set; }

    [Id(2)]
    public List<string> Entries { get; set; } = [];
}

[GenerateSerializer, Immutable]
public sealed record AccountView(
    [property: Id(0)] string? Owner,
    [property: Id(1)] int Balance,
    [property: Id(2)] bool RecordExists,
    [property: Id(3)] bool HasEtag,
    [property: Id(4)] int Activation);

public interface IStateGrain : IGrainWithStringKey
{
    Task<AccountView> GetAsync();

    Task<string?> GetOwnerWhileActivatingAsync();

    /// <summary>Changes the state without writing it.</summary>
    Task SetAsync(string owner, int balance);

    Task WriteAsync();

    /// <summary>Asks for two writes in one turn, and changes the state after.</summary>
    Task WriteTwiceAsync(int balance);

    Task ReadAsync();

    Task ClearAsync();

    Task LeaveAsync();
}

public sealed class StateGrain(
    [PersistentState("account", GrainCluster.Storage)] IPersistentState<Account> account,
    [PersistentState("other")] IPersistentState<Account> other) : Grain, IStateGrain
{
    private static int s_activations;

    private readonly int _activation = Interlocked.Increment(ref s_activations);
    private string? _ownerWhileActivating;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _ownerWhileActivating = account.State.Owner;
        return Task.CompletedTask;
    }

    public Task<string?> GetOwnerWhileActivatingAsync() => Task.FromResult(_ownerWhileActivating);

    public Task<AccountView> GetAsync() => Task.FromResult(new AccountView(
        account.State.Owner, account.State.Balance, account.RecordExists, account.Etag is not null, _activation));

    public Task SetAsync(string owner, int balance)
    {
        account.State = new Account { Owner = owner, Balance = balance };
        other.State.Owner = "other " + owner;
        return Task.CompletedTask;
    }

    public Task WriteAsync() => account.WriteStateAsync();

    public async Task WriteTwiceAsync(int balance)
    {
        var first = account.WriteStateAsync();
        account.State.Balance = balance;
        var second = account.WriteStateAsync();
        await Task.WhenAll(first, second);
    }

    public Task ReadAsync() => account.ReadStateAsync();

    public Task ClearAsync() => account.ClearStateAsync();

    public Task LeaveAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
