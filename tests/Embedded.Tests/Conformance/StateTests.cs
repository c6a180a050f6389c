using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace DataExport.Embedded.Tests;

/// <summary>Over the memory storage of either runtime.</summary>
public sealed class MemoryStateTests(SharedCluster cluster)
    : StateTests(cluster.Grains, cluster.Services), IClassFixture<SharedCluster>;

/// <summary>Over the blob storage of either runtime.</summary>
public sealed class BlobStateTests(BlobCluster cluster)
    : StateTests(cluster.Grains, cluster.Services), IClassFixture<BlobCluster>;

/// <summary>Persistent state: what holds over any storage.</summary>
public abstract class StateTests(IGrainFactory grains, IServiceProvider services)
{
    private readonly string _key = Guid.NewGuid().ToString();

    private IStateGrain Grain => grains.GetGrain<IStateGrain>(_key);

    [Fact]
    public async Task State_NeverWritten_IsNewAndDoesNotExist()
    {
        var view = await Grain.GetAsync();

        view.ShouldSatisfyAllConditions(
            () => view.Owner.ShouldBeNull(),
            () => view.RecordExists.ShouldBeFalse(),
            () => view.HasEtag.ShouldBeFalse());
    }

    [Fact]
    public async Task State_Written_IsThereForTheNextActivation_BeforeItActivates()
    {
        await Grain.SetAsync("Ada", 7);
        await Grain.WriteAsync();
        var before = await Grain.GetAsync();
        before.RecordExists.ShouldBeTrue();
        before.HasEtag.ShouldBeTrue();

        await Grain.LeaveAsync();

        var after = await Grain.GetAsync();
        after.ShouldBe(before with { Activation = after.Activation });
        after.Activation.ShouldNotBe(before.Activation);
        (await Grain.GetOwnerWhileActivatingAsync()).ShouldBe("Ada");
    }

    [Fact]
    public async Task State_NotWritten_IsLostWithTheActivation()
    {
        await Grain.SetAsync("Ada", 7);
        await Grain.LeaveAsync();

        (await Grain.GetAsync()).Owner.ShouldBeNull();
    }

    [Fact]
    public async Task Read_TakesWhatIsStored()
    {
        await Grain.SetAsync("Ada", 7);
        await Grain.WriteAsync();
        await Grain.SetAsync("Bob", 8);

        await Grain.ReadAsync();

        (await Grain.GetAsync()).Owner.ShouldBe("Ada");
    }

    [Fact]
    public async Task Writes_AskedForInOneTurn_WriteTheStateAsItIsAfterIt()
    {
        await Grain.SetAsync("Ada", 1);
        await Grain.WriteTwiceAsync(2);
        await Grain.LeaveAsync();

        (await Grain.GetAsync()).Balance.ShouldBe(2);
    }

    [Fact]
    public async Task Clear_ForgetsTheRecord_AndItCanBeWrittenAgain()
    {
        await Grain.SetAsync("Ada", 7);
        await Grain.WriteAsync();

        await Grain.ClearAsync();

        var cleared = await Grain.GetAsync();
        cleared.Owner.ShouldBeNull();
        cleared.RecordExists.ShouldBeFalse();
        await Grain.SetAsync("Bob", 8);
        await Grain.WriteAsync();
        await Grain.LeaveAsync();
        (await Grain.GetAsync()).Owner.ShouldBe("Bob");
    }

    [Fact]
    public async Task Write_AfterSomebodyElseWrote_FailsAndEndsTheActivation()
    {
        await Grain.SetAsync("Ada", 1);
        await Grain.WriteAsync();
        var before = await Grain.GetAsync();
        await WriteFromOutsideAsync(new Account { Owner = "Eve", Balance = 2 });

        await Should.ThrowAsync<InconsistentStateException>(Grain.WriteAsync);

        var after = await Grain.GetAsync();
        after.Activation.ShouldNotBe(before.Activation);
        after.Owner.ShouldBe("Eve");
    }

    [Fact]
    public async Task TwoStates_OfOneGrain_AreKeptApart()
    {
        await Grain.SetAsync("Ada", 1);
        await Grain.WriteAsync();
        await Grain.LeaveAsync();
        await Grain.WriteAsync();

        (await Grain.GetAsync()).Owner.ShouldBe("Ada");
    }

    private async Task WriteFromOutsideAsync(Account account)
    {
        var storage = services.GetRequiredKeyedService<IGrainStorage>(GrainCluster.Storage);
        await storage.WriteStateAsync(
            "account", Grain.GetGrainId(), new GrainState<Account>(account, "*") { RecordExists = true });
    }
}
