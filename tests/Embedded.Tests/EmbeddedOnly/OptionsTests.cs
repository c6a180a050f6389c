using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace DataExport.Embedded.Tests;

/// <summary>A silo that cannot work does not start.</summary>
public sealed class OptionsTests
{
    [Fact]
    public async Task CollectionAge_NotOverTheQuantum_StopsTheStart()
    {
        var start = () => GrainCluster.StartAsync(static silo => silo.Configure<GrainCollectionOptions>(
            static options => options.CollectionAge = options.CollectionQuantum));

        (await Should.ThrowAsync<OrleansConfigurationException>(start)).Message.ShouldContain("CollectionAge");
    }

    [Fact]
    public async Task ClassAge_NotOverTheQuantum_StopsTheStart_NamingTheClass()
    {
        var start = () => GrainCluster.StartAsync(static silo => silo.Configure<GrainCollectionOptions>(
            static options => options.ClassSpecificCollectionAge["Some.Grain"] = TimeSpan.FromSeconds(1)));

        (await Should.ThrowAsync<OrleansConfigurationException>(start)).Message.ShouldContain("Some.Grain");
    }

    [Fact]
    public async Task BlobStorage_WithoutAClient_StopsTheStart_NamingIt()
    {
        var start = () => GrainCluster.StartAsync(
            static silo => silo.AddAzureBlobGrainStorage("blobs", static options => options.ContainerName = "any"));

        var message = (await Should.ThrowAsync<OrleansConfigurationException>(start)).Message;
        message.ShouldContain("blobs");
        message.ShouldContain("BlobServiceClient");
    }

    [Theory]
    [InlineData("Grains")]
    [InlineData("no--name")]
    [InlineData("-name")]
    [InlineData("ab")]
    public async Task BlobStorage_WithAnImpossibleContainer_StopsTheStart_NamingIt(string container)
    {
        var start = () => GrainCluster.StartAsync(silo => silo.AddAzureBlobGrainStorage("blobs", options =>
        {
            options.BlobServiceClient = new BlobServiceClient(new Uri("http://127.0.0.1:1/account"));
            options.ContainerName = container;
        }));

        (await Should.ThrowAsync<OrleansConfigurationException>(start)).Message.ShouldContain($"\"{container}\"");
    }

    [Fact]
    public async Task Storage_ThatWasNotAdded_FailsTheCall_NamingIt()
    {
        await using var cluster = await GrainCluster.StartAsync();

        var grain = cluster.Grains.GetGrain<IHomelessGrain>("h");
        (await Should.ThrowAsync<InvalidOperationException>(grain.GetAsync))
            .InnerException.ShouldBeOfType<Orleans.Storage.BadProviderConfigException>()
            .Message.ShouldContain("nowhere");
    }

    [Fact]
    public async Task Call_AfterTheStop_IsRejected()
    {
        var cluster = await GrainCluster.StartAsync();
        var grain = cluster.Grains.GetGrain<ICallGrain>("g");
        await grain.TouchAsync();
        await cluster.StopAsync();

        await Should.ThrowAsync<SiloUnavailableException>(async () => await grain.TouchAsync());
        await cluster.DisposeAsync();
    }

    [Fact]
    public async Task Stop_GrainsThatLeave_MayStillCallOthers()
    {
        var cluster = await GrainCluster.StartAsync();
        await cluster.Grains.GetGrain<ICallAtTheEndGrain>("last").GetReadyAsync();
        var signals = cluster.Services.GetRequiredService<Signals>();

        await cluster.StopAsync();

        signals.Events.ShouldContain("called at the end");
        await cluster.DisposeAsync();
    }
}

public interface IHomelessGrain : IGrainWithStringKey
{
    Task<int> GetAsync();
}

public sealed class HomelessGrain([PersistentState("s", "nowhere")] IPersistentState<Account> account)
    : Grain, IHomelessGrain
{
    public Task<int> GetAsync() => Task.FromResult(account.State.Balance);
}

public interface ICallAtTheEndGrain : IGrainWithStringKey
{
    Task GetReadyAsync();
}

public sealed class CallAtTheEndGrain : Grain, ICallAtTheEndGrain
{
    public Task GetReadyAsync() => Task.CompletedTask;

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        GrainFactory.GetGrain<ICallGrain>("not yet active").DoAsync("called at the end");
}
