using System.Text.Json;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace DataExport.Embedded.Tests;

/// <summary>What only blob storage does: names, ETags, and what clearing leaves.</summary>
public sealed class BlobTests(BlobCluster cluster) : IClassFixture<BlobCluster>
{
    private readonly GrainId _grainId = GrainId.Create("account", $"key/with slash+{Guid.NewGuid()}");

    private IGrainStorage Storage => cluster.Services.GetRequiredKeyedService<IGrainStorage>(GrainCluster.Storage);

    private IGrainStorage KeepsBlobs => cluster.Services.GetRequiredKeyedService<IGrainStorage>(BlobCluster.KeepsBlobs);

    [Fact]
    public async Task State_LiesInTheContainerGrainstate_NamedByStateAndGrain_AsJson()
    {
        await WriteAsync(Storage, "Ada");

        var blob = cluster.Client.GetBlobContainerClient("grainstate").GetBlobClient($"state-{_grainId}.json");
        var content = (await blob.DownloadContentAsync()).Value.Content;
        using var json = JsonDocument.Parse(content);
        json.RootElement.GetProperty("Owner").GetString().ShouldBe("Ada");
    }

    [Fact]
    public async Task Write_GivesANewETag_WhichTheNextWriteNeeds()
    {
        var state = await WriteAsync(Storage, "Ada");
        var first = state.ETag;
        first.ShouldNotBeNullOrEmpty();
        state.RecordExists.ShouldBeTrue();

        state.State!.Owner = "Bob";
        await Storage.WriteStateAsync("state", _grainId, state);

        state.ETag.ShouldNotBe(first);
        (await ReadAsync(Storage)).ShouldSatisfyAllConditions(
            read => read.State!.Owner.ShouldBe("Bob"),
            read => read.ETag.ShouldBe(state.ETag),
            read => read.RecordExists.ShouldBeTrue());
        var stale = new GrainState<Account>(new Account { Owner = "Eve" }, first);
        (await Should.ThrowAsync<InconsistentStateException>(
            () => Storage.WriteStateAsync("state", _grainId, stale))).CurrentEtag.ShouldBe(first);
        (await ReadAsync(Storage)).State!.Owner.ShouldBe("Bob");
    }

    [Fact]
    public async Task Write_WithoutAnETag_WhereThereIsAState_IsRefused()
    {
        await WriteAsync(Storage, "Ada");

        await Should.ThrowAsync<InconsistentStateException>(() => WriteAsync(Storage, "Eve"));
        (await ReadAsync(Storage)).State!.Owner.ShouldBe("Ada");
    }

    [Fact]
    public async Task Clear_DeletesTheBlob()
    {
        var state = await WriteAsync(Storage, "Ada");
        await Storage.ClearStateAsync("state", _grainId, state);

        state.ShouldSatisfyAllConditions(
            () => state.ETag.ShouldBeNull(),
            () => state.RecordExists.ShouldBeFalse(),
            () => state.State!.Owner.ShouldBeNull());
        (await BlobExistsAsync("grainstate")).ShouldBeFalse();
        await WriteAsync(Storage, "Bob");
    }

    [Fact]
    public async Task Clear_OfAStateSomebodyElseHasWritten_IsRefused()
    {
        var state = await WriteAsync(Storage, "Ada");
        var other = await ReadAsync(Storage);
        await Storage.WriteStateAsync("state", _grainId, other);

        await Should.ThrowAsync<InconsistentStateException>(
            () => Storage.ClearStateAsync("state", _grainId, state));
        (await BlobExistsAsync("grainstate")).ShouldBeTrue();
    }

    [Fact]
    public async Task Clear_ThatKeepsBlobs_LeavesAnEmptyOne_WhoseETagTheNextWriteNeeds()
    {
        var state = await WriteAsync(KeepsBlobs, "Ada");
        var before = state.ETag;
        await KeepsBlobs.ClearStateAsync("state", _grainId, state);

        state.ETag.ShouldNotBeNullOrEmpty();
        state.ETag.ShouldNotBe(before);
        var read = await ReadAsync(KeepsBlobs);
        read.RecordExists.ShouldBeFalse();
        read.ETag.ShouldBe(state.ETag);
        (await BlobExistsAsync("kept")).ShouldBeTrue();
        await Should.ThrowAsync<InconsistentStateException>(() => WriteAsync(KeepsBlobs, "Eve"));
        await KeepsBlobs.WriteStateAsync("state", _grainId, read);
    }

    [Fact]
    public async Task Clear_OfAStateThatWasNeverWritten_IsNoFault()
    {
        var state = await ReadAsync(Storage);
        await Storage.ClearStateAsync("state", _grainId, state);

        state.RecordExists.ShouldBeFalse();
    }

    [Fact]
    public async Task Write_AfterTheContainerWasDeleted_MakesItAgain()
    {
        await cluster.Client.DeleteBlobContainerAsync("kept");

        await WriteAsync(KeepsBlobs, "Ada");

        (await ReadAsync(KeepsBlobs)).State!.Owner.ShouldBe("Ada");
    }

    private async Task<GrainState<Account>> WriteAsync(IGrainStorage storage, string owner)
    {
        var state = new GrainState<Account>(new Account { Owner = owner });
        await storage.WriteStateAsync("state", _grainId, state);
        return state;
    }

    private async Task<GrainState<Account>> ReadAsync(IGrainStorage storage)
    {
        var state = new GrainState<Account>();
        await storage.ReadStateAsync("state", _grainId, state);
        return state;
    }

    private async Task<bool> BlobExistsAsync(string container) => await cluster.Client
        .GetBlobContainerClient(container).GetBlobClient($"state-{_grainId}.json").ExistsAsync();
}
